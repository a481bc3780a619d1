//! A source that asks again and again.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use futures_core::Stream;
use futures_util::stream::{self, StreamExt as _};

use super::{Discover, Update, Updates};

/// See [`poll`].
#[derive(Clone)]
pub struct Poll<F> {
    every: Duration,
    find: F,
}

/// Makes a source of a function that finds a service: asked at once, then every `every`, give or take
/// a tenth, so that many processes do not ask in step.
///
/// ```
/// use std::time::Duration;
/// use feign::discover::{self, Endpoint};
///
/// let registry = discover::poll(Duration::from_secs(10), |service| async move {
///     if service != "inventory" {
///         return Ok(None);                                  // not known here
///     }
///     Ok(Some(vec![Endpoint::new("http://10.0.0.7:8080")?]))
/// });
/// let hub = feign::Hub::builder().discover(registry).build()?;
/// # Ok::<(), feign::Error>(())
/// ```
pub const fn poll<F, Fut>(every: Duration, find: F) -> Poll<F>
where
    F: Fn(String) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = Update> + Send + 'static,
{
    Poll { every, find }
}

impl<F, Fut> Discover for Poll<F>
where
    F: Fn(String) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = Update> + Send + 'static,
{
    fn watch(&self, service: &str) -> Updates {
        let (find, every, service) = (self.find.clone(), self.every, service.to_owned());
        Box::pin(stream::unfold(true, move |is_first| {
            let (find, service) = (find.clone(), service.clone());
            async move {
                if !is_first {
                    tokio::time::sleep(every).await;
                }
                Some((find(service).await, false))
            }
        }))
    }

    fn describe(&self) -> Cow<'_, str> {
        "the polled function".into()
    }
}

impl<F> fmt::Debug for Poll<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Poll").field("every", &self.every).finish_non_exhaustive()
    }
}

/// Says one thing, and does not end.
pub(super) fn once(update: Update) -> impl Stream<Item = Update> + Send {
    stream::iter([update]).chain(stream::pending())
}
