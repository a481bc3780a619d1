//! tower's balancers, around services that answer at once.

use crate::{Picks, Result, ours};
use std::{
    convert::Infallible,
    future::{Ready, ready},
    hint::black_box,
    task::{Context, Poll},
    time::Duration,
};
use tokio::runtime::Runtime;
use tower::{
    Service, ServiceExt as _,
    balance::p2c::Balance,
    discover::ServiceList,
    load::{CompleteOnResponse, PeakEwmaDiscover, PendingRequestsDiscover},
};

/// What tower's own example says of both.
const DEFAULT_RTT: Duration = Duration::from_secs(1);
const DECAY: Duration = Duration::from_secs(10);

/// A service that does nothing.
#[derive(Clone)]
struct Nothing;

impl Service<u32> for Nothing {
    type Response = u32;
    type Error = Infallible;
    type Future = Ready<Result<u32, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: u32) -> Self::Future {
        ready(Ok(request))
    }
}

fn services(size: usize) -> ServiceList<Vec<Nothing>> {
    ServiceList::new::<u32>(vec![Nothing; size])
}

pub(crate) fn peak_ewma(size: usize) -> impl Picks {
    let completion = CompleteOnResponse::default();
    let discover = PeakEwmaDiscover::new(services(size), DEFAULT_RTT, DECAY, completion);
    Theirs(Balance::new(discover))
}

pub(crate) fn pending_requests(size: usize) -> impl Picks {
    let discover = PendingRequestsDiscover::new(services(size), CompleteOnResponse::default());
    Theirs(Balance::new(discover))
}

/// A balancer is `&mut`: each thread has one of its own.
struct Theirs<B>(B);

impl<B> Picks for Theirs<B>
where
    B: Service<u32, Response = u32, Error = tower::BoxError> + Send,
{
    fn pick(&mut self, count: u64) -> Result<()> {
        let runtime: Runtime = ours::runtime()?;
        runtime.block_on(async {
            for _ in 0..count {
                black_box(self.0.ready().await?.call(1).await?);
            }
            Ok(())
        })
    }
}
