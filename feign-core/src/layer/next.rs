//! What a layer calls: everything below it.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as TaskContext, Poll};

use bytes::Bytes;
use http::{Request, Response};
use tower::ServiceExt as _;
use tower_service::Service;

use super::{Context, Exchange, Reached, Step};
use crate::body::Body;
use crate::error::{BoxError, Error};

/// Everything below a layer, as a tower service; cheap to clone and always ready.
#[derive(Clone)]
pub struct Next(Arc<dyn Below>);

/// The future of [`Next`].
pub type ResponseFuture = Pin<Box<dyn Future<Output = Result<Response<Body>, Error>> + Send>>;

trait Below: Send + Sync {
    fn call(self: Arc<Self>, request: Request<Body>) -> ResponseFuture;
}

impl Next {
    pub(crate) fn bottom(step: impl Step) -> Self {
        Self(Arc::new(Bottom(step)))
    }

    pub(crate) fn layered<S, B>(service: S) -> Self
    where
        S: Service<Request<Body>, Response = Response<B>> + Clone + Send + Sync + 'static,
        S::Future: Send + 'static,
        S::Error: Into<BoxError>,
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        Self(Arc::new(Layered(service)))
    }

    /// Sends the request on, and returns the answer.
    ///
    /// # Errors
    ///
    /// When something below fails.
    pub async fn run(self, request: Request<Body>) -> Result<Response<Body>, Error> {
        self.0.call(request).await
    }
}

impl Service<Request<Body>> for Next {
    type Response = Response<Body>;
    type Error = Error;
    type Future = ResponseFuture;

    fn poll_ready(&mut self, _: &mut TaskContext<'_>) -> Poll<Result<(), Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> ResponseFuture {
        Arc::clone(&self.0).call(request)
    }
}

impl fmt::Debug for Next {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Next")
    }
}

/// Our own next step, below the layers of a seam.
struct Bottom<I>(I);

impl<I: Step> Below for Bottom<I> {
    fn call(self: Arc<Self>, mut request: Request<Body>) -> ResponseFuture {
        Box::pin(async move {
            let Some(context) = request.extensions_mut().remove::<Context>() else {
                return Err(Error::build(
                    "a layer handed on a request without the extensions of the one that it got; \
                     change that request, or move its extensions over",
                ));
            };
            let mut exchange = Exchange { request, context };
            let mut response = self.0.call(&mut exchange).await?;
            let Context { endpoint, attempt, .. } = exchange.context;
            response.extensions_mut().insert(Reached { endpoint, attempt });
            Ok(response)
        })
    }
}

/// A user's layer around what is below it.
struct Layered<S>(S);

impl<S, B> Below for Layered<S>
where
    S: Service<Request<Body>, Response = Response<B>> + Clone + Send + Sync + 'static,
    S::Future: Send + 'static,
    S::Error: Into<BoxError>,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    fn call(self: Arc<Self>, request: Request<Body>) -> ResponseFuture {
        let service = self.0.clone();
        Box::pin(async move {
            match service.oneshot(request).await {
                Ok(response) => Ok(response.map(Body::new)),
                Err(error) => Err(Error::other(error)),
            }
        })
    }
}
