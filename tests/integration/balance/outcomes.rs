//! What counts as a failure of an endpoint, and what does not.

use std::time::Duration;

use feign::balance;
use feign::layer::{Next, from_fn};
use feign::{Body, Error};
use http::Request;

use super::{Does, Fleet as _, FleetClient, Instances, Watched, call, endpoints};

/// The failures in a row, and the latency in milliseconds, after calls that end so.
async fn after(does: Does, calls: usize, timeout: Duration) -> (u32, Option<u128>) {
    let instances = Instances::default();
    instances.say("e0", does);
    let watched = Watched::new(balance::ewma());
    let hub = instances.hub(endpoints(1), watched.clone()).timeout(timeout).build().unwrap();
    let client: FleetClient = hub.client();
    call(&client, calls + 1).await;
    let (_, failures, latency) = watched.seen()["e0"];
    (failures, latency.map(|latency| latency.as_millis()))
}

const LONG: Duration = Duration::from_secs(30);

#[tokio::test(start_paused = true)]
async fn failures_count_and_take_five_seconds_at_least() {
    for status in [500, 503, 429] {
        let does = Does::Answer(status, Duration::from_millis(1));
        assert_eq!(after(does, 3, LONG).await, (3, Some(5000)), "{status}");
    }
    assert_eq!(after(Does::Refuse, 2, LONG).await, (2, Some(5000)));
    let slow = Does::Answer(503, Duration::from_secs(8));
    assert_eq!(after(slow, 1, LONG).await.1.map(|millis| millis / 10), Some(800));
    for (asked, millis) in [(2, 5000), (60, 60_000), (3600, 300_000), (1_000_000_000_000, 300_000)]
    {
        let (failures, latency) = after(Does::AskToWait(asked), 1, LONG).await;
        // Half a millionth is lost in the average.
        assert_eq!(
            (failures, latency.map(|latency| latency.div_ceil(10) * 10)),
            (1, Some(millis)),
            "{asked}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn answers_of_the_caller_s_fault_do_not_count() {
    for status in [200, 302, 400, 404, 409] {
        let does = Does::Answer(status, Duration::from_millis(3));
        let (failures, latency) = after(does, 3, LONG).await;
        assert_eq!((failures, latency.map(|millis| millis < 6)), (0, Some(true)), "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_end_of_the_call_s_time_counts() {
    assert_eq!(after(Does::Hang, 2, Duration::from_secs(1)).await, (2, Some(5000)));
}

#[tokio::test(start_paused = true)]
async fn what_never_reached_it_does_not_count() {
    async fn refuse(_: Request<Body>, _: Next) -> Result<http::Response<Body>, Error> {
        Err(Error::other("a layer's own"))
    }
    let instances = Instances::default();
    let watched = Watched::new(balance::ewma());
    let hub = instances.hub(endpoints(1), watched.clone()).per_endpoint(from_fn(refuse));
    let client: FleetClient = hub.build().unwrap().client();
    for _ in 0..3 {
        assert!(client.call().await.is_err());
    }
    assert_eq!(watched.seen()["e0"], (0, 0, None));
}
