//! Gives a request its address before layers that want to know it.

use http::Response;

use super::{Exchange, Seam, Step};
use crate::body::Body;
use crate::error::Error;

/// The seam below the pick: its layers see an absolute URI. Without layers the transport makes it.
pub(crate) struct Addressed<I>(pub(crate) Seam<I>);

impl<I: Step> Step for Addressed<I> {
    async fn call(&self, exchange: &mut Exchange) -> Result<Response<Body>, Error> {
        if let Seam::Layered(_) = &self.0 {
            exchange.address()?;
        }
        self.0.call(exchange).await
    }
}
