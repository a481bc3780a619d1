//! A source made of a function.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use feign::Hub;
use feign::discover;
use tokio::time::Instant;

use super::script::Counting;
use super::{
    Inventory as _, InventoryClient, OrdersClient, endpoints, is_live, known, seconds, settle,
    stale,
};

/// When a function was asked in the first 1000 s, which it answers after `wait`.
async fn asked(seed: Option<u64>, every: Duration, wait: Duration) -> Vec<f64> {
    let times = Arc::new(Mutex::new(Vec::new()));
    let begun = Instant::now();
    let source = discover::poll(every, {
        let times = Arc::clone(&times);
        move |service| {
            assert_eq!(service, "inventory");
            times.lock().unwrap().push(begun.elapsed().as_secs_f64());
            async move {
                tokio::time::sleep(wait).await;
                Ok(Some(endpoints(["a"])))
            }
        }
    });
    let hub = Hub::builder().discover(source).transport(Counting::default());
    let hub = seed.into_iter().fold(hub, feign::HubBuilder::seed).build().unwrap();
    let client: InventoryClient = hub.client();
    client.items().await.unwrap();
    tokio::time::sleep_until(begun + Duration::from_secs(1000)).await;
    drop(client);
    times.lock().unwrap().clone()
}

fn pauses(times: &[f64]) -> Vec<f64> {
    times.windows(2).map(|pair| pair[1] - pair[0]).collect()
}

#[tokio::test(start_paused = true)]
async fn a_function_is_asked_at_once_and_then_now_and_then() {
    let (every, wait) = (Duration::from_secs(10), Duration::from_secs(2));
    let times = asked(None, every, wait).await;
    assert!(times[0] < 0.01, "{times:?}");
    let pauses = pauses(&times);
    assert!((80..90).contains(&pauses.len()), "{}", pauses.len());
    assert!(pauses.iter().all(|pause| (10.9..13.1).contains(pause)), "{pauses:?}");
    let (early, late) = (pauses.iter().any(|p| *p < 11.5), pauses.iter().any(|p| *p > 12.5));
    assert!(early && late, "it is spread: {pauses:?}");
}

#[tokio::test(start_paused = true)]
async fn a_seed_makes_it_repeatable() {
    let every = Duration::from_secs(10);
    let run = async |seed| asked(seed, every, Duration::ZERO).await;
    let rounded = |times: Vec<f64>| times.iter().map(|t| (t * 100.0).round()).collect::<Vec<_>>();
    let one = rounded(run(Some(1)).await);
    assert_eq!(one, rounded(run(Some(1)).await));
    assert_ne!(one, rounded(run(Some(2)).await));
    assert_ne!(rounded(run(None).await), rounded(run(None).await));
}

/// Two services of one hub are not asked for in step either.
#[tokio::test(start_paused = true)]
async fn each_service_has_a_chance_of_its_own() {
    let times = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&times);
    let source = discover::poll(Duration::from_secs(10), move |service| {
        seen.lock().unwrap().push((service, Instant::now()));
        async { Ok(Some(endpoints(["a"]))) }
    });
    let hub =
        Hub::builder().seed(1).discover(source).transport(Counting::default()).build().unwrap();
    let _clients = (hub.client::<InventoryClient>(), hub.client::<OrdersClient>());
    hub.warm_up(["inventory", "orders"]).await.unwrap();
    seconds(15.0).await;
    let times = times.lock().unwrap();
    let asked = |name: &str| times.iter().filter(|(service, _)| service == name).nth(1).unwrap().1;
    let apart = asked("inventory").max(asked("orders")) - asked("inventory").min(asked("orders"));
    assert!(apart > Duration::from_millis(5), "{apart:?}");
}

#[tokio::test(start_paused = true)]
async fn a_function_is_not_asked_without_a_pause() {
    let times = asked(Some(3), Duration::ZERO, Duration::ZERO).await;
    assert!(times.len() < 25_000, "{}", times.len());
    assert!(pauses(&times).iter().all(|pause| *pause > 0.04));
}

#[tokio::test(start_paused = true)]
async fn what_a_function_says_is_followed() {
    let says = Arc::new(Mutex::new("a"));
    let source = discover::poll(Duration::from_secs(10), {
        let says = Arc::clone(&says);
        move |_| {
            let says = *says.lock().unwrap();
            async move {
                match says {
                    "panic" => panic!("a bug"),
                    "fail" => Err("connection refused".into()),
                    id => Ok(Some(endpoints([id]))),
                }
            }
        }
    });
    let hub = Hub::builder().discover(source).transport(Counting::default()).build().unwrap();
    let client: InventoryClient = hub.client();
    client.items().await.unwrap();
    assert_eq!(hub.endpoints("inventory").source(), "the polled function");
    for (said, now, cause) in [
        ("b", "b", None),
        ("fail", "b", Some("connection refused")),
        ("c", "c", None),
        ("panic", "c", Some("the source panicked: a bug")),
    ] {
        *says.lock().unwrap() = said;
        seconds(11.1).await;
        assert_eq!((&*known(&hub), stale(&hub).as_deref()), (&[now.to_owned()][..], cause));
        client.items().await.unwrap();
    }
    *says.lock().unwrap() = "d";
    // It may have been asked a few times since, each time later.
    seconds(15.0).await;
    settle().await;
    assert!(is_live(&hub));
    assert_eq!(known(&hub), ["d"]);
}
