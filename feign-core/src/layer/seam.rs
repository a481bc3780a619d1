//! A place in the staircase where layers of the user may stand.

use bytes::Bytes;
use http::{Request, Response};
use tower_layer::Layer;
use tower_service::Service;

use super::{Exchange, Next, Reached, Step};
use crate::body::Body;
use crate::error::{BoxError, Error};

/// A layer with its types taken away.
pub(crate) type SeamLayer = Box<dyn FnOnce(Next) -> Next + Send>;

/// Takes the types of a user's layer away.
pub(crate) fn seam_layer<L, B>(layer: L) -> SeamLayer
where
    L: Layer<Next> + Send + 'static,
    L::Service: Service<Request<Body>, Response = Response<B>> + Clone + Send + Sync + 'static,
    <L::Service as Service<Request<Body>>>::Future: Send + 'static,
    <L::Service as Service<Request<Body>>>::Error: Into<BoxError>,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    Box::new(move |next| Next::layered(layer.layer(next)))
}

/// The step below, directly where no layer stands before it.
pub(crate) enum Seam<I> {
    Open(I),
    Layered(Next),
}

impl<I: Step> Seam<I> {
    /// Puts layers before a step; the first is outermost.
    pub(crate) fn new(layers: Vec<SeamLayer>, inner: I) -> Self {
        if layers.is_empty() {
            return Self::Open(inner);
        }
        let inner = Next::bottom(inner);
        Self::Layered(layers.into_iter().rev().fold(inner, |next, layer| layer(next)))
    }
}

impl<I: Step> Step for Seam<I> {
    async fn call(&self, exchange: &mut Exchange) -> Result<Response<Body>, Error> {
        match self {
            Self::Open(inner) => inner.call(exchange).await,
            Self::Layered(next) => {
                let mut request = std::mem::take(&mut exchange.request);
                exchange.context.aside().attempts.get_or_insert_default();
                request.extensions_mut().insert(exchange.context.clone());
                let mut response = next.clone().run(request).await?;
                // A layer that answers by itself has reached nothing.
                if let Some(reached) = response.extensions_mut().remove::<Reached>() {
                    exchange.context.endpoint = reached.endpoint;
                    exchange.context.attempt = reached.attempt;
                }
                Ok(response)
            }
        }
    }
}
