//! Picks the endpoint of an attempt.

use http::Response;

use super::{Exchange, Step};
use crate::balance::{Attempt, InFlight};
use crate::body::Body;
use crate::classify;
use crate::error::Error;

/// Picks an endpoint, unless a link has, and counts the attempt in and out.
pub(crate) struct Pick<I>(pub(crate) I);

impl<I: Step> Step for Pick<I> {
    async fn call(&self, exchange: &mut Exchange) -> Result<Response<Body>, Error> {
        let context = &mut exchange.context;
        let is_linked = context.endpoint.is_some();
        let attempt = match context.endpoint.take() {
            Some(linked) => Attempt::new(linked, None),
            None => context.target.attempt(context.key, context.deadline).await?,
        };
        context.endpoint = Some(attempt.endpoint().clone());
        context.begin_attempt();
        if let Some(observed) = context.observed() {
            observed.picked(context, is_linked);
        }
        let waiting = attempt.wait(context.deadline);
        let answer = self.0.call(exchange).await;
        waiting.end(classify::outcome(&answer));
        answer.map(|answer| held(answer, attempt.into_in_flight()))
    }
}

/// It has work to do until the body has ended.
fn held(mut answer: Response<Body>, in_flight: InFlight) -> Response<Body> {
    answer.body_mut().hold(in_flight);
    answer
}
