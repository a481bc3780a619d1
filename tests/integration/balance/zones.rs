//! The nearest first; others as these fail or have too much to do.

use std::time::Duration;

use feign::balance::{self, Balance, Policy};
use feign::discover::Endpoint;

use super::{Does, Fleet as _, FleetClient, Instances, call, endpoint, fail, in_zone, ok};

fn client(instances: &Instances, set: Vec<Endpoint>, policy: impl Balance) -> FleetClient {
    instances.hub(set, policy).zone("a").build().unwrap().client()
}

/// How many of so many calls went to ids that begin so.
async fn part(instances: &Instances, client: &FleetClient, calls: usize, prefix: &str) -> usize {
    instances.take();
    call(client, calls).await;
    instances.take().iter().filter(|id| id.starts_with(prefix)).count()
}

#[tokio::test(start_paused = true)]
async fn our_zone_gets_everything_while_it_works() {
    for policy in [
        Policy::new(balance::round_robin()),
        Policy::new(balance::ewma()),
        Policy::new(balance::hash()),
    ] {
        let instances = Instances::default();
        let client = client(&instances, [in_zone("b", 3), in_zone("a", 2)].concat(), policy);
        assert_eq!(part(&instances, &client, 200, "a").await, 200);
    }
}

#[tokio::test]
async fn without_an_endpoint_in_our_zone_all_are_near() {
    let instances = Instances::default();
    let client =
        client(&instances, [in_zone("b", 2), in_zone("c", 2)].concat(), balance::round_robin());
    call(&client, 40).await;
    assert!(instances.counts().values().all(|count| *count == 10));
}

/// F13: of five, one is healthy. Success is 20 %, of which 1.4 times stay.
#[tokio::test(start_paused = true)]
async fn a_zone_that_fails_in_part_keeps_a_part() {
    let instances = Instances::default();
    for at in 1..5 {
        instances.say(&format!("a{at}"), fail());
    }
    let client =
        client(&instances, [in_zone("a", 5), in_zone("b", 5)].concat(), balance::round_robin());
    call(&client, 1000).await;
    let near = part(&instances, &client, 4000, "a").await;
    assert!((960..=1280).contains(&near), "{near} of 4000 where 1120 are expected");
}

#[tokio::test(start_paused = true)]
async fn a_zone_that_is_down_keeps_enough_to_be_seen_again() {
    let instances = Instances::default();
    for at in 0..3 {
        instances.say(&format!("a{at}"), Does::Refuse);
    }
    let client =
        client(&instances, [in_zone("a", 3), in_zone("b", 3)].concat(), balance::round_robin());
    call(&client, 3000).await;
    let near = part(&instances, &client, 2000, "a").await;
    // The floor is 3 %, that is 60 with a standard deviation of 8, and more while the rate still falls.
    assert!((30..=110).contains(&near), "3 % of 2000 is not {near}");
    for at in 0..3 {
        instances.say(&format!("a{at}"), ok(0));
    }
    call(&client, 1000).await;
    assert_eq!(part(&instances, &client, 200, "a").await, 200);
}

#[tokio::test(start_paused = true)]
async fn where_all_fail_nobody_is_left_out() {
    let instances = Instances::default();
    for id in ["a0", "b0"] {
        instances.say(id, fail());
    }
    let client =
        client(&instances, [in_zone("a", 1), in_zone("b", 1)].concat(), balance::round_robin());
    call(&client, 1000).await;
    let near = part(&instances, &client, 1000, "a").await;
    assert!((400..=600).contains(&near), "{near} of 1000");
}

/// One near endpoint and four far ones: as long as each near call takes a second, the near one has twice as
/// much to do as the others and two more.
#[tokio::test(start_paused = true)]
async fn load_spills_before_anything_fails() {
    let instances = Instances::default();
    for id in ["a0", "b0", "b1", "b2", "b3"] {
        instances.say(id, Does::Answer(200, Duration::from_secs(1)));
    }
    let client =
        client(&instances, [in_zone("a", 1), in_zone("b", 4)].concat(), balance::round_robin());
    futures_util::future::join_all((0..200).map(|_| client.call())).await;
    let near = instances.count("a0");
    assert!((40..=120).contains(&near), "{near} of 200");
    // With little to do everything stays.
    futures_util::future::join_all((0..2).map(|_| client.call())).await;
    assert_eq!(instances.count("a0"), 2);
}

#[tokio::test(start_paused = true)]
async fn calls_of_one_key_spill_together() {
    let instances = Instances::default();
    for at in 1..5 {
        instances.say(&format!("a{at}"), fail());
    }
    let client = client(&instances, [in_zone("a", 5), in_zone("b", 5)].concat(), balance::hash());
    let keys: Vec<_> =
        (0..40).map(|key| client.with(|call| call.hash_key(format!("key-{key}")))).collect();
    for _ in 0..30 {
        for client in &keys {
            call(client, 1).await;
        }
    }
    // The share moves with what fails; a key of the far part stays there nevertheless.
    let mut together = 0;
    for client in &keys {
        instances.take();
        call(client, 5).await;
        together += usize::from(instances.counts().len() == 1);
    }
    assert!(together >= 32, "{together} of 40 keys go one way");
}

#[tokio::test(start_paused = true)]
async fn priorities_are_asked_in_their_order() {
    let instances = Instances::default();
    let set = vec![
        endpoint("second").with_priority(2),
        endpoint("third").with_priority(7),
        endpoint("first").with_priority(1),
    ];
    let client = instances.client(set, balance::round_robin());
    assert_eq!(part(&instances, &client, 100, "first").await, 100);
    instances.say("first", fail());
    call(&client, 500).await;
    let second = part(&instances, &client, 1000, "second").await;
    assert!((930..=990).contains(&second), "{second} of 1000");
    instances.say("second", fail());
    call(&client, 2000).await;
    let third = part(&instances, &client, 1000, "third").await;
    assert!(third >= 850, "{third} of 1000");
}
