//! What a transport is: a tower service that takes an `http::Request<Body>` to a socket.

#[cfg(feature = "reqwest")]
pub(crate) mod reqwest;
#[cfg(feature = "reqwest")]
mod resend;

use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Method, Request, Response};

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
        say_no_content(&mut exchange.request);
        #[cfg(feature = "compression")]
        let is_head = *exchange.request.method() == Method::HEAD;
        let answer = self.exchange(exchange).await;
        #[cfg(feature = "compression")]
        // The head of an answer without a body speaks of another one's.
        let answer = if is_head { answer } else { answer.map(crate::decompress::decoded) };
        answer
    }
}

impl Transport {
    async fn exchange(&self, exchange: &mut Exchange) -> Result<Response<Body>, Error> {
        match self {
            #[cfg(feature = "reqwest")]
            Self::Reqwest(reqwest) => reqwest.exchange(exchange).await,
            Self::Service(service) => {
                exchange.address()?;
                let mut request = std::mem::take(&mut exchange.request);
                request.extensions_mut().insert(exchange.context.clone());
                service.clone().run(request).await.map_err(Error::broken_off)
            }
        }
    }
}

/// A method that anticipates content says when there is none (RFC 9110 §8.6).
fn say_no_content(request: &mut Request<Body>) {
    let anticipates = matches!(*request.method(), Method::POST | Method::PUT | Method::PATCH);
    if anticipates && request.body().as_bytes().is_some_and(Bytes::is_empty) {
        request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
}
