//! Calls that are given up leave nothing behind.

use std::sync::Arc;
use std::time::Duration;

use feign::balance::{self, Balance};
use futures_util::FutureExt as _;

use super::{Fleet as _, FleetClient, Instances, Watched, call, endpoints, in_zone, ok};

#[tokio::test(start_paused = true)]
async fn nothing_is_in_flight_after_many_cancelled_calls() {
    cancel_many(balance::round_robin()).await;
    cancel_many(balance::ewma()).await;
    cancel_many(balance::hash()).await;
    cancel_many(balance::least_loaded()).await;
}

async fn cancel_many(policy: impl Balance) {
    let instances = Instances::default();
    for at in 0..9 {
        instances.say(&format!("e{at}"), ok(at));
        instances.say(&format!("a{at}"), ok(at));
    }
    let watched = Watched::new(policy);
    let seen = Arc::clone(&watched.1);
    let left = || seen.lock().unwrap().values().map(|(in_flight, ..)| *in_flight).sum::<u32>();
    let set = [endpoints(9), in_zone("a", 3)].concat();
    let client: FleetClient = instances.hub(set, watched).build().unwrap().client();
    let mut random = 1_u64;
    let mut most = 0;
    for _ in 0..2500 {
        let calls = (0..10).map(|_| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let (client, patience) = (client.clone(), random >> 60);
            async move {
                match patience {
                    0 => drop(client.call().now_or_never()),
                    // Up to 7 ms, for answers that take up to 8; most are given up.
                    patience => {
                        let patience = Duration::from_millis(patience / 2);
                        drop(tokio::time::timeout(patience, client.call()).await);
                    }
                }
            }
        });
        futures_util::future::join_all(calls).await;
        most = most.max(left());
    }
    assert!(most > 5, "{most}: it sees calls in flight");
    // A policy sees its set before its own call is counted.
    drop(client.call().await);
    assert_eq!(left(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_call_counts_by_its_patience() {
    let instances = Instances::default();
    let watched = Watched::new(balance::ewma());
    let client = instances.client(endpoints(2), watched.clone());
    for id in ["e0", "e1"] {
        instances.say(id, ok(100));
    }
    call(&client, 10).await;
    let latency = |seen: super::Seen| seen["e0"].2.unwrap();
    call(&client, 1).await;
    assert_eq!(latency(watched.seen()).as_millis(), 100);
    for patience in [10, 3000] {
        for id in ["e0", "e1"] {
            instances.say(id, super::Does::Hang);
        }
        for _ in 0..2 {
            drop(tokio::time::timeout(Duration::from_millis(patience), client.call()).await);
        }
        drop(client.call().now_or_never());
        let millis = latency(watched.seen()).as_millis();
        let expected = if patience == 10 { 100 } else { 3000 };
        assert!((expected..=expected + 2).contains(&millis), "{millis} after {patience}");
        assert_eq!(watched.seen()["e0"].1, 0, "no failure");
    }
}
