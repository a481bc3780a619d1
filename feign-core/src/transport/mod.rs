//! What a transport is: a tower service that takes an `http::Request<Body>` to a socket.

#[cfg(feature = "reqwest")]
pub(crate) mod reqwest;

use http::{Response, Uri};

#[cfg(feature = "reqwest")]
pub use self::reqwest::Reqwest;
use crate::body::Body;
use crate::error::Error;
use crate::layer::{Exchange, Next, Step};

/// The innermost step.
pub(crate) enum Transport {
    #[cfg(feature = "reqwest")]
    Reqwest(Reqwest),
    /// A service of the user. It gets an absolute URI.
    Service(Next),
}

impl Step for Transport {
    async fn call(&self, exchange: &mut Exchange) -> Result<Response<Body>, Error> {
        match self {
            #[cfg(feature = "reqwest")]
            Self::Reqwest(reqwest) => reqwest.exchange(exchange).await,
            Self::Service(service) => {
                if let Some(uri) = address(exchange)? {
                    *exchange.request.uri_mut() = uri;
                }
                let mut request = std::mem::take(&mut exchange.request);
                request.extensions_mut().insert(exchange.context.clone());
                service.clone().run(request).await
            }
        }
    }
}

/// The absolute URI of a request; `None` if a layer has given it one.
fn address(exchange: &Exchange) -> Result<Option<Uri>, Error> {
    let uri = exchange.request.uri();
    match &exchange.context.endpoint {
        Some(endpoint) if uri.authority().is_none() => endpoint
            .absolute(uri, exchange.context.under_base, exchange.context.operation)
            .map(Some),
        _ => Ok(None),
    }
}
