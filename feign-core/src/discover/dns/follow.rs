//! Asks again and again.

use std::sync::Arc;
use std::time::Duration;

use futures_util::stream;
use tokio::time::Instant;

use super::instances::{self, Known, Round};
use super::lookup::Resolver;
use super::plan::{Plan, Question};
use crate::discover::jitter::jittered;
use crate::discover::{Update, Updates, once};

/// The longest pause while nothing answers.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Follows one service.
struct Follow {
    plan: Arc<Plan>,
    questions: Vec<Question>,
    /// Made when it is first needed, on the runtime that it is to live on.
    resolver: Option<Resolver>,
    known: Known,
    was_known: bool,
    /// What was said of records that can be no endpoint.
    left_out: Vec<String>,
    failures: u32,
    /// When the next round begins.
    next: Option<Instant>,
}

pub(super) fn follow(plan: Arc<Plan>, service: &str) -> Updates {
    let questions = match plan.questions(service) {
        Ok(questions) => questions,
        Err(name) => {
            tracing::warn!(target: "feign::discover", service, name, "this can be no name in DNS");
            return once(Ok(None));
        }
    };
    let follow = Follow {
        plan,
        questions,
        resolver: None,
        known: Known::new(),
        was_known: false,
        left_out: Vec::new(),
        failures: 0,
        next: None,
    };
    Box::pin(stream::unfold(follow, |mut follow| async {
        if let Some(next) = follow.next {
            tokio::time::sleep_until(next).await;
        }
        let update = follow.round().await;
        Some((update, follow))
    }))
}

impl Follow {
    async fn round(&mut self) -> Update {
        match self.ask().await {
            Ok(round) => {
                self.failures = 0;
                let ttl = round.ttl.unwrap_or_default();
                self.wait(ttl.clamp(*self.plan.ttl.start(), *self.plan.ttl.end()));
                self.settle(round)
            }
            Err(cause) => {
                self.wait(self.pause_after_failure());
                self.failures = self.failures.saturating_add(1);
                Err(cause.into())
            }
        }
    }

    /// Up to a tenth longer, so that the clients of one cache do not ask all at once.
    fn wait(&mut self, pause: Duration) {
        self.next = Some(Instant::now() + jittered(pause + pause / 20, 4));
    }

    async fn ask(&mut self) -> Result<Round, String> {
        if self.resolver.is_none() {
            self.resolver = Some(Resolver::new(&self.plan)?);
        }
        let Some(resolver) = &self.resolver else { return Err("no resolver".to_owned()) };
        instances::ask(&self.plan, resolver, &self.questions, &self.known).await
    }

    /// A name that was there and is not any more keeps what it had.
    fn settle(&mut self, round: Round) -> Update {
        if round.left_out != self.left_out && !round.left_out.is_empty() {
            let left_out = round.left_out.join(", ");
            tracing::warn!(
                target: "feign::discover",
                source = self.plan.name,
                left_out,
                "records that can be no endpoint are left out"
            );
        }
        self.left_out = round.left_out;
        match round.endpoints {
            Some(endpoints) => {
                self.known = round.known;
                self.was_known = true;
                Ok(Some(endpoints))
            }
            None if self.was_known => Err(round.missing.join(", ").into()),
            None => Ok(None),
        }
    }

    fn pause_after_failure(&self) -> Duration {
        let (shortest, longest) = (*self.plan.ttl.start(), *self.plan.ttl.end());
        let grown = shortest.saturating_mul(1 << self.failures.min(16));
        grown.min(LONGEST_PAUSE).clamp(shortest, longest)
    }
}
