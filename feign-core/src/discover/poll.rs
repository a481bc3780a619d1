//! A source that asks again and again.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use futures_util::stream;

use super::jitter::jittered;
use super::{Discover, Update, Updates};

/// No function is asked more often.
const LEAST: Duration = Duration::from_millis(50);

/// See [`poll`].
#[derive(Clone)]
pub struct Poll<F> {
    every: Duration,
    find: F,
}

/// Makes a source of a function that finds a service: asked at once, then `every` after each answer,
/// give or take a tenth, so that many processes do not ask in step. At least 50 ms lie in between.
///
/// The function has all the time that it takes: while it hangs, what is known stays and counts as live,
/// so put a limit around what it waits for. Where it panics, what is known is stale, and it is asked
/// again after a second, at growing distances of up to a minute.
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
        let (find, every, service) = (self.find.clone(), self.every.max(LEAST), service.to_owned());
        Box::pin(stream::unfold(true, move |is_first| {
            let (find, service) = (find.clone(), service.clone());
            async move {
                if !is_first {
                    tokio::time::sleep(jittered(every, 10)).await;
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
