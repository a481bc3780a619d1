//! Picks the endpoint of an attempt.

use http::Response;

use super::{Exchange, Step};
use crate::body::Body;
use crate::error::Error;

/// Sets the endpoint, unless a link has set it.
pub(crate) struct Pick<I>(pub(crate) I);

impl<I: Step> Step for Pick<I> {
    async fn call(&self, exchange: &mut Exchange) -> Result<Response<Body>, Error> {
        let context = &mut exchange.context;
        if context.endpoint.is_none() {
            context.endpoint = Some(context.target.pick()?.clone());
        }
        context.begin_attempt();
        self.0.call(exchange).await
    }
}
