//! The time limit of one attempt.

use std::time::Duration;

use http::Response;
use tokio::time::Instant;

use super::{Exchange, Step};
use crate::body::Body;
use crate::error::{Error, Setting};

/// Ends an attempt that got no head in its time; says where and which attempt an error was.
pub(crate) struct Attempt<I>(pub(crate) I);

impl<I: Step> Step for Attempt<I> {
    async fn call(&self, exchange: &mut Exchange) -> Result<Response<Body>, Error> {
        match &exchange.context.observed {
            None => self.limited(exchange).await,
            Some(_) => Box::pin(self.observed(exchange)).await,
        }
    }
}

impl<I: Step> Attempt<I> {
    /// The same, told to who looks at the call.
    async fn observed(&self, exchange: &mut Exchange) -> Result<Response<Body>, Error> {
        let attempt = exchange.context.observed.clone().map(|observed| observed.attempt(exchange));
        let mut result = self.limited(exchange).await;
        if let Some(attempt) = attempt {
            attempt.end(&mut result);
        }
        result
    }

    async fn limited(&self, exchange: &mut Exchange) -> Result<Response<Body>, Error> {
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
        result.map_err(|error| {
            error.at_endpoint(exchange.context.endpoint.as_ref(), exchange.context.attempt)
        })
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
