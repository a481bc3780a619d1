//! The time limit of one attempt.

use std::time::Duration;

use http::Response;
use tokio::time::Instant;

use super::{Exchange, Step};
use crate::body::Body;
use crate::error::{Error, Setting};
use crate::observe;

/// Ends an attempt that got no head in its time; says where and which attempt an error was.
pub(crate) struct Attempt<I>(pub(crate) I);

impl<I: Step> Step for Attempt<I> {
    async fn call(&self, exchange: &mut Exchange) -> Result<Response<Body>, Error> {
        if exchange.context.aside.is_some() {
            observe::begin(exchange);
        }
        let limit =
            exchange.context.limits.attempt_timeout.filter(|limit| is_sooner(exchange, *limit));
        let result = match limit {
            None => self.0.call(exchange).await,
            Some(limit) => match tokio::time::timeout(limit, Box::pin(self.0.call(exchange))).await
            {
                Ok(result) => result,
                Err(_) => Err(Error::timed_out(Setting::Attempt, limit)),
            },
        };
        let mut result = result.map_err(|error| {
            error.at_endpoint(exchange.context.endpoint.as_ref(), exchange.context.attempt)
        });
        if let Some(aside) = &mut exchange.context.aside {
            aside.end(&mut result);
        }
        result
    }
}

/// Whether an attempt would end before the deadline, which fires by itself and says so.
fn is_sooner(exchange: &Exchange, limit: Duration) -> bool {
    match (Instant::now().checked_add(limit), exchange.context.deadline) {
        // A limit beyond what the clock can count is none.
        (None, _) => false,
        (Some(_), None) => true,
        (Some(ends), Some(deadline)) => ends < deadline,
    }
}
