//! A fixed list.

use std::borrow::Cow;
use std::collections::BTreeMap;

use futures_util::stream::{self, StreamExt as _};

use super::{Discover, Endpoint, Update, Updates};

/// See [`fixed`].
#[derive(Clone, Debug, Default)]
pub struct Fixed(BTreeMap<String, Vec<Endpoint>>);

/// Knows the services that are listed, and nothing else.
///
/// ```
/// use feign::discover::{self, Endpoint};
///
/// let hub = feign::Hub::builder()
///     .discover(discover::fixed([("inventory", vec![
///         Endpoint::new("http://10.0.0.7:8080")?.with_zone("a"),
///         Endpoint::new("http://10.0.0.8:8080")?.with_zone("b"),
///     ])]))
///     .build()?;
/// # Ok::<(), feign::Error>(())
/// ```
///
/// Where a URL says all, `Hub::builder().service("inventory", |s| s.url("http://10.0.0.7:8080"))` is
/// shorter.
pub fn fixed<N: Into<String>>(services: impl IntoIterator<Item = (N, Vec<Endpoint>)>) -> Fixed {
    Fixed(services.into_iter().map(|(name, endpoints)| (name.into(), endpoints)).collect())
}

impl Discover for Fixed {
    fn watch(&self, service: &str) -> Updates {
        let found = self.0.get(service).cloned();
        once(Ok(found))
    }

    fn names(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }

    fn describe(&self) -> Cow<'_, str> {
        "the fixed list".into()
    }
}

/// Says one thing, and does not end.
pub(crate) fn once(update: Update) -> Updates {
    Box::pin(stream::iter([update]).chain(stream::pending()))
}
