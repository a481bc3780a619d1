mod address;
mod combine;
#[cfg(feature = "dns")]
mod dns;
mod endpoint;
mod feed;
#[cfg(feature = "file")]
mod file;
mod finding;
mod fixed;
mod follow;
mod freshness;
mod guard;
mod jitter;
mod near;
mod origin;
mod poll;
mod reconcile;
mod selection;
mod snapshot;
mod target;
#[cfg(test)]
mod tests;
mod view;
mod watch;

use std::borrow::Cow;
use std::pin::Pin;
use std::sync::Arc;

use futures_core::Stream;

pub use combine::{Chain, Filter, Map, Union, chain, filter, map, union};
#[cfg(feature = "dns")]
pub use dns::{Dns, DnsBuilder};
pub use endpoint::{Endpoint, State};
#[cfg(feature = "file")]
pub use file::{Cached, File, cached};
pub(crate) use finding::Finding;
#[cfg(any(feature = "dns", feature = "mock"))]
pub(crate) use fixed::once;
pub use fixed::{Fixed, fixed};
pub use freshness::{Freshness, Known};
pub(crate) use guard::GRACE;
#[cfg(feature = "reqwest")]
pub(crate) use origin::Origin;
pub(crate) use origin::origin_of;
pub use poll::{Poll, poll};
pub(crate) use selection::Selection;
pub(crate) use target::Target;
pub(crate) use view::View;
pub(crate) use watch::{Terms, Watch};

use crate::error::BoxError;

/// What a source says of a service: all its endpoints as they are now; `None` where it does not know
/// the name. After an error what is known stays, and is stale.
pub type Update = Result<Option<Vec<Endpoint>>, BoxError>;

/// What a source says of a service as time goes on.
pub type Updates = Pin<Box<dyn Stream<Item = Update> + Send>>;

/// A source: knows where services live.
///
/// The library does the rest: it follows a service while a client needs it, keeps the last good set,
/// and begins again where a stream ends or panics. What can be asked but does not tell by itself
/// becomes a source by [`poll`].
///
/// ```
/// use feign::discover::{Discover, Endpoint, Updates};
/// use futures_util::{StreamExt as _, stream};
///
/// /// Every service runs on this machine, on the port that its name says: `orders-8081`.
/// struct Ports;
///
/// impl Discover for Ports {
///     fn watch(&self, service: &str) -> Updates {
///         let port = service.rsplit('-').next().and_then(|port| port.parse::<u16>().ok());
///         let endpoint = port.map(|port| Endpoint::new(&format!("http://127.0.0.1:{port}")));
///         let update = endpoint.transpose().map(|found| found.map(|endpoint| vec![endpoint]));
///         // Nothing more to say, but not at an end.
///         Box::pin(stream::iter([update.map_err(Into::into)]).chain(stream::pending()))
///     }
/// }
///
/// let hub = feign::Hub::builder().discover(Ports).build()?;
/// # Ok::<(), feign::Error>(())
/// ```
pub trait Discover: Send + Sync + 'static {
    /// Follows a service: a stream of what is known of it, beginning with what is known now. It is
    /// polled on a task of its own, as long as a client needs the service. Of updates that come faster
    /// than 20 a second, the newest counts. A stream that ends or panics is asked for anew: after about
    /// a second, later after up to a minute.
    fn watch(&self, service: &str) -> Updates;

    /// Returns the names that are known, for the text of an error. It must not block.
    fn names(&self) -> Vec<String> {
        Vec::new()
    }

    /// Returns how errors and logs call this source: `file services.toml`. By default the name of its
    /// type.
    fn describe(&self) -> Cow<'_, str> {
        let name = std::any::type_name::<Self>();
        let name = name.split('<').next().unwrap_or(name);
        name.rsplit("::").next().unwrap_or(name).into()
    }
}

/// A source with its type taken away.
pub(crate) type Source = Arc<dyn Discover>;

macro_rules! forward {
    ($($pointer:ident)*) => {$(
        impl<D: Discover + ?Sized> Discover for $pointer<D> {
            fn watch(&self, service: &str) -> Updates {
                (**self).watch(service)
            }

            fn names(&self) -> Vec<String> {
                (**self).names()
            }

            fn describe(&self) -> Cow<'_, str> {
                (**self).describe()
            }
        }
    )*};
}
forward!(Arc Box);
