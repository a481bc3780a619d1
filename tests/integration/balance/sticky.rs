//! The same endpoint for a client, or for a key.

use std::collections::BTreeSet;

use feign::balance;

use super::{Fleet as _, FleetClient, Instances, Told, call, endpoints, fail, ok};

#[tokio::test(start_paused = true)]
async fn each_client_has_one() {
    let instances = Instances::default();
    let hub = instances.hub(endpoints(10), balance::sticky()).build().unwrap();
    let mut used = BTreeSet::new();
    for _ in 0..30 {
        let client: FleetClient = hub.client();
        for id in 0..10 {
            instances.say(&format!("e{id}"), ok(100));
        }
        // However much it has to do.
        futures_util::future::join_all((0..50).map(|_| client.call())).await;
        let counts = instances.counts();
        assert_eq!(counts.len(), 1);
        used.extend(counts.into_keys());
    }
    assert!(used.len() >= 7, "30 clients use {used:?}");
}

#[tokio::test]
async fn a_key_stands_above_the_client() {
    let instances = Instances::default();
    let hub = instances.hub(endpoints(10), balance::sticky()).build().unwrap();
    for _ in 0..10 {
        call(&hub.client::<FleetClient>().with(|call| call.hash_key("session-7")), 3).await;
    }
    assert_eq!(instances.counts().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn it_moves_when_its_endpoint_leaves_and_comes_back_with_it() {
    let instances = Instances::default();
    let told = Told::new(endpoints(5));
    let client: FleetClient = instances.told(&told, balance::sticky()).build().unwrap().client();
    call(&client, 5).await;
    let first = instances.take()[0].clone();
    told.say(endpoints(5).into_iter().filter(|e| e.id() != first).collect()).await;
    call(&client, 5).await;
    let second = instances.counts();
    assert!(second.len() == 1 && !second.contains_key(&first));
    told.say(endpoints(5)).await;
    call(&client, 5).await;
    assert_eq!(instances.count(&first), 5);
}

#[tokio::test(start_paused = true)]
async fn it_leaves_one_that_fails_and_returns_when_that_works() {
    let instances = Instances::default();
    let client = instances.client(endpoints(5), balance::sticky());
    call(&client, 1).await;
    let first = instances.take()[0].clone();
    instances.say(&first, fail());
    call(&client, 5).await;
    assert_eq!(instances.count(&first), 5, "five failures in a row");
    call(&client, 320).await;
    let counts = instances.counts();
    // One call in 32 asks again: 10 of 320 expected, and this seed's own number within 0..=22 (p > 0.999).
    let asked = counts.get(&first).copied().unwrap_or_default();
    assert!((1..=22).contains(&asked) && counts.len() == 2, "{counts:?}");
    instances.say(&first, ok(1));
    call(&client, 200).await;
    instances.take();
    call(&client, 10).await;
    assert_eq!(instances.count(&first), 10);
}
