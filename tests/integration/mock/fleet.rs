//! A fleet: many instances on the paused clock.

use std::collections::BTreeMap;
use std::time::Duration;

use feign::balance::{ewma, least_loaded, round_robin};
use feign::discover::State;
use feign::mock::{Fleet, Latency, Reply};
use feign::{Error, Hub};
use tokio::time::Instant;

use super::{Stock as _, StockClient};

fn ms(time: u64) -> Duration {
    Duration::from_millis(time)
}

fn s(time: u64) -> Duration {
    Duration::from_secs(time)
}

/// How long a call takes, in milliseconds, and what becomes of it.
async fn timed(client: &StockClient) -> (u128, Result<(), Error>) {
    let begun = Instant::now();
    let outcome = client.remove("A-1", None).await;
    (begun.elapsed().as_millis(), outcome)
}

/// Latencies of many calls one after the other, sorted.
async fn latencies(latency: Latency, calls: usize) -> Vec<u128> {
    let fleet = Fleet::new("inventory", 7);
    fleet.add("a").latency(latency);
    let client = fleet.client();
    let mut times = Vec::new();
    for _ in 0..calls {
        times.push(timed(&client).await.0);
    }
    times.sort_unstable();
    times
}

fn received(fleet: &Fleet) -> BTreeMap<String, u64> {
    fleet.counts().into_iter().map(|(name, counts)| (name, counts.received)).collect()
}

#[tokio::test(start_paused = true)]
async fn latencies_are_what_they_are_called() {
    assert_eq!(latencies(Latency::fixed(ms(20)), 5).await, [20; 5]);
    let uniform = latencies(Latency::uniform(ms(10), ms(50)), 4_000).await;
    assert!(uniform[0] <= 11 && uniform[3_999] >= 49, "{uniform:?}");
    assert!((28..=32).contains(&uniform[2_000]), "{}", uniform[2_000]);
    let tail = latencies(Latency::log_normal(ms(100), ms(400)), 4_000).await;
    assert!((95..=106).contains(&tail[2_000]), "{}", tail[2_000]);
    assert!((350..=450).contains(&tail[3_960]), "{}", tail[3_960]);
    assert!(tail[3_999] > 500, "a tail: {}", tail[3_999]);
}

#[tokio::test(start_paused = true)]
async fn a_hub_finds_and_balances_them() {
    let fleet = Fleet::new("inventory", 7);
    for name in ["a", "b", "c"] {
        fleet.add(name);
    }
    let hub = fleet.hub().build().unwrap();
    let client: StockClient = hub.client();
    for _ in 0..30 {
        client.remove("A-1", None).await.unwrap();
    }
    assert_eq!(received(&fleet), ["a", "b", "c"].map(|name| (name.to_owned(), 10)).into());
    let endpoints = hub.endpoints("inventory");
    assert_eq!((endpoints.source(), endpoints.endpoints().len()), ("the fleet", 3));
    let error = hub.client_at::<StockClient>("orders").unwrap().item("x").await.unwrap_err();
    assert!(error.is_no_endpoint() && error.to_string().contains("inventory"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn what_an_instance_does_changes_with_time() {
    let fleet = Fleet::new("inventory", 7);
    fleet
        .add("a")
        .latency(ms(20))
        .at(s(30))
        .latency(s(2))
        .at(s(60))
        .reply(Reply::refuse())
        .at(s(90))
        .reply(204)
        .latency(ms(20));
    let client = fleet.client();
    let outcome = async |at| {
        tokio::time::sleep_until(at).await;
        let (time, outcome) = timed(&client).await;
        (time, outcome.map_err(|error| error.is_connect()))
    };
    let begun = Instant::now();
    for (at, expected) in [
        (s(0), (20, Ok(()))),
        (s(29), (20, Ok(()))),
        (s(30), (2_000, Ok(()))),
        (s(59), (2_000, Ok(()))),
        (s(62), (0, Err(true))),
        (s(90), (20, Ok(()))),
    ] {
        assert_eq!(outcome(begun + at).await, expected, "at {at:?}");
    }
    // What is said meanwhile holds from now on.
    fleet.instance("a").reply(503);
    let (time, outcome) = timed(&client).await;
    assert_eq!((time, outcome.unwrap_err().status().unwrap().as_u16()), (20, 503));
}

#[tokio::test(start_paused = true)]
async fn what_is_said_for_later_is_said_in_any_order() {
    let fleet = Fleet::new("inventory", 7);
    fleet.add("a").at(s(20)).latency(ms(200)).at(s(10)).latency(ms(100)).at(s(20)).reply(404);
    let client = fleet.client();
    let begun = Instant::now();
    let mut outcomes = Vec::new();
    for at in [0, 10, 20] {
        tokio::time::sleep_until(begun + s(at)).await;
        let (time, outcome) = timed(&client).await;
        outcomes.push((time, outcome.is_ok()));
    }
    assert_eq!(outcomes, [(0, true), (100, true), (200, false)]);
}

#[tokio::test(start_paused = true)]
async fn the_same_seed_is_the_same_run() {
    async fn run(seed: u64) -> (Vec<(u128, Option<u16>)>, BTreeMap<String, u64>) {
        let fleet = Fleet::new("inventory", seed);
        for name in ["a", "b", "c", "d"] {
            let instance = fleet.add(name).latency(Latency::log_normal(ms(30), ms(300)));
            instance.sometimes(0.2, 503).sometimes(0.1, Reply::reset());
        }
        let hub = fleet.hub().balance(ewma()).build().unwrap();
        let client: StockClient = hub.client();
        let mut outcomes = Vec::new();
        for _ in 0..200 {
            let (time, outcome) = timed(&client).await;
            let status = outcome.err().map(|error| error.status().map_or(0, |s| s.as_u16()));
            outcomes.push((time, status));
        }
        (outcomes, received(&fleet))
    }

    let first = run(1).await;
    assert_eq!(first, run(1).await);
    assert_ne!(first.0, run(2).await.0);
}

#[tokio::test(start_paused = true)]
async fn the_list_changes_while_it_is_told() {
    let fleet = Fleet::new("inventory", 7);
    fleet.add("a");
    fleet.add("b").listed(|endpoint| endpoint.with_zone("far").with_weight(3));
    let hub = fleet.hub().removal_grace(Duration::ZERO).build().unwrap();
    let client: StockClient = hub.client();
    let calls = async |count| {
        tokio::time::sleep(ms(200)).await;
        let before = received(&fleet);
        for _ in 0..count {
            client.remove("A-1", None).await.unwrap();
        }
        let now = received(&fleet).into_iter();
        let came = now.map(|(name, now)| now - before.get(&name).copied().unwrap_or_default());
        came.collect::<Vec<_>>()
    };
    assert_eq!(calls(10).await, [5, 5]);
    let far = hub.endpoints("inventory");
    let far = far.endpoints().iter().find(|endpoint| endpoint.zone() == Some("far")).unwrap();
    assert_eq!((&*far.id(), far.weight()), ("b", 3));
    fleet.instance("a").listed(|endpoint| endpoint.with_state(State::Draining));
    assert_eq!(calls(10).await, [0, 10]);
    fleet.add("c");
    fleet.remove("b");
    assert_eq!(calls(10).await, [0, 0, 10]);
    fleet.instance("b").listed(|endpoint| endpoint);
    assert_eq!(calls(10).await, [0, 5, 5]);
}

/// What the kit is for: with the same instances, each policy does what it promises.
#[tokio::test(start_paused = true)]
async fn a_slow_one_is_left_by_those_who_see_it() {
    async fn share(with: impl FnOnce(feign::HubBuilder) -> feign::HubBuilder) -> u64 {
        let fleet = Fleet::new("inventory", 7);
        for name in ["a", "b", "c"] {
            fleet.add(name).latency(ms(10));
        }
        fleet.instance("c").latency(s(1));
        let hub: Hub = with(fleet.hub()).build().unwrap();
        let client: StockClient = hub.client();
        let mut calls = tokio::task::JoinSet::new();
        for _ in 0..300 {
            let client = client.clone();
            calls.spawn(async move { client.remove("A-1", None).await });
            tokio::time::sleep(ms(10)).await;
        }
        assert!(calls.join_all().await.iter().all(Result::is_ok));
        received(&fleet)["c"]
    }

    assert_eq!(share(|hub| hub.balance(round_robin())).await, 100);
    assert!((1..60).contains(&share(|hub| hub.balance(least_loaded())).await));
    assert!((1..10).contains(&share(|hub| hub.balance(ewma())).await));
}
