//! A layer made of an `async fn`.

use std::fmt;
use std::task::{Context, Poll};

use http::{Request, Response};
use tower_layer::Layer;
use tower_service::Service;

use super::Next;
use crate::body::Body;
use crate::error::Error;

/// Makes a layer of an `async fn(Request<Body>, Next) -> Result<Response<Body>, feign::Error>`.
///
/// ```
/// use feign::layer::{self, Next};
/// use feign::{Body, HeaderValue, Hub, Request, Response};
///
/// async fn sign(mut request: Request<Body>, next: Next) -> Result<Response<Body>, feign::Error> {
///     request.headers_mut().insert("x-signature", HeaderValue::from_static("…".trim_matches('…')));
///     next.run(request).await
/// }
///
/// let hub = Hub::builder().per_attempt(layer::from_fn(sign));
/// ```
pub const fn from_fn<F, R>(f: F) -> FromFn<F>
where
    F: Fn(Request<Body>, Next) -> R,
    R: Future<Output = Result<Response<Body>, Error>>,
{
    FromFn { f }
}

/// The layer that [`from_fn`] makes.
#[derive(Clone, Copy)]
pub struct FromFn<F> {
    f: F,
}

impl<F: Clone> Layer<Next> for FromFn<F> {
    type Service = FromFnService<F>;

    fn layer(&self, next: Next) -> FromFnService<F> {
        FromFnService { f: self.f.clone(), next }
    }
}

/// The service of [`FromFn`].
#[derive(Clone)]
pub struct FromFnService<F> {
    f: F,
    next: Next,
}

impl<F, R> Service<Request<Body>> for FromFnService<F>
where
    F: Fn(Request<Body>, Next) -> R,
    R: Future<Output = Result<Response<Body>, Error>>,
{
    type Response = Response<Body>;
    type Error = Error;
    type Future = R;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> R {
        (self.f)(request, self.next.clone())
    }
}

impl<F> fmt::Debug for FromFn<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FromFn")
    }
}

impl<F> fmt::Debug for FromFnService<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FromFnService")
    }
}
