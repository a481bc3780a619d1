//! Peak EWMA: slow, failing and silent instances are left.

use std::time::Duration;

use feign::balance;
use feign::discover::State;

use super::{Does, Fleet as _, FleetClient, Instances, Told, call, endpoint, endpoints, fail, ok};

/// Calls every millisecond for so long, at most so many at a time, as a service does that is called.
async fn load(client: &FleetClient, millis: u64) {
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..millis {
        let client = client.clone();
        calls.spawn(async move { drop(client.call().await) });
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    calls.detach_all();
}

async fn warmed(instances: &Instances, count: usize) -> FleetClient {
    for at in 0..count {
        instances.say(&format!("e{at}"), ok(10));
    }
    let client = instances.client(endpoints(count), balance::ewma());
    load(&client, 1000).await;
    let counts = instances.counts();
    let fair = 1000 / count;
    assert!(counts.values().all(|calls| (fair / 2..fair * 2).contains(calls)), "{counts:?}");
    client
}

/// As in tests of users, whose answers take no time.
#[tokio::test(start_paused = true)]
async fn where_no_time_passes_all_are_called() {
    let instances = Instances::default();
    let client = instances.client(endpoints(3), balance::ewma());
    tokio::time::sleep(Duration::from_secs(5)).await;
    call(&client, 300).await;
    let counts = instances.counts();
    assert!(counts.len() == 3 && counts.values().all(|calls| *calls > 60), "{counts:?}");
}

#[tokio::test(start_paused = true)]
async fn a_fast_failure_repels() {
    for count in [3, 8, 20] {
        let instances = Instances::default();
        let client = warmed(&instances, count).await;
        instances.say("e0", fail());
        load(&client, 5000).await;
        let calls = instances.count("e0");
        assert!(calls <= 10, "{calls} of 5000 to one of {count} that fails at once");
    }
}

#[tokio::test(start_paused = true)]
async fn silence_repels_before_any_timeout() {
    for count in [3, 8, 20] {
        let instances = Instances::default();
        let client = warmed(&instances, count).await;
        instances.say("e0", Does::Hang);
        load(&client, 5000).await;
        let calls = instances.count("e0");
        assert!(calls <= 15, "{calls} of 5000 to one of {count} that hangs");
    }
}

#[tokio::test(start_paused = true)]
async fn a_slow_one_gets_little() {
    for count in [3, 20] {
        let instances = Instances::default();
        let client = warmed(&instances, count).await;
        instances.say("e0", ok(500));
        load(&client, 5000).await;
        let calls = instances.count("e0");
        assert!(calls <= 25, "{calls} of 5000 to one of {count} that is slow");
    }
}

/// With two choices, one call in six would draw both slow ones.
#[tokio::test(start_paused = true)]
async fn two_slow_of_four_get_little() {
    let instances = Instances::default();
    let client = warmed(&instances, 4).await;
    for id in ["e0", "e1"] {
        instances.say(id, ok(500));
    }
    load(&client, 4000).await;
    let counts = instances.counts();
    let slow = ["e0", "e1"].map(|id| counts.get(id).copied().unwrap_or_default());
    assert!(slow.iter().sum::<usize>() <= 40, "{counts:?}");
}

#[tokio::test(start_paused = true)]
async fn one_that_works_again_is_found_again() {
    let instances = Instances::default();
    let client = warmed(&instances, 3).await;
    instances.say("e0", fail());
    load(&client, 2000).await;
    instances.say("e0", ok(10));
    // 5 s fade to 10 ms in τ · ln 500 = 62 s.
    load(&client, 70_000).await;
    instances.take();
    load(&client, 3000).await;
    let calls = instances.count("e0");
    assert!((700..=1300).contains(&calls), "{calls} of 3000");
}

#[tokio::test(start_paused = true)]
async fn a_new_one_gets_its_share_and_no_more() {
    for count in [3, 20] {
        let instances = Instances::default();
        let told = Told::new(endpoints(count));
        for at in 0..=count {
            instances.say(&format!("e{at}"), ok(10));
        }
        let client: FleetClient = instances.told(&told, balance::ewma()).build().unwrap().client();
        load(&client, 1000).await;
        instances.take();
        told.say(endpoints(count + 1)).await;
        load(&client, 50).await;
        let new = instances.count(&format!("e{count}"));
        let fair = 50 / (count + 1);
        assert!(
            new > 0 && new <= 3 * fair.max(3),
            "{new} of the first 50 for one of {count} and 1"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_fleet_that_fails_is_still_called() {
    let instances = Instances::default();
    for at in 0..3 {
        instances.say(&format!("e{at}"), fail());
    }
    let client = instances.client(endpoints(3), balance::ewma());
    call(&client, 300).await;
    assert!(instances.counts().values().all(|calls| *calls > 50));
}

/// Who drains or is down gets nothing new, whatever the policy; nor does a stranger's tag.
#[tokio::test(start_paused = true)]
async fn only_who_is_up_is_called() {
    let instances = Instances::default();
    let set = vec![
        endpoint("up").with_metadata("version", "2"),
        endpoint("draining").with_state(State::Draining).with_metadata("version", "2"),
        endpoint("down").with_state(State::Down).with_metadata("version", "2"),
        endpoint("old").with_metadata("version", "1"),
    ];
    let policies: [balance::Policy; 3] = [
        balance::Policy::new(balance::round_robin()),
        balance::Policy::new(balance::ewma()),
        balance::Policy::new(balance::sticky()),
    ];
    for policy in policies {
        let hub = instances.hub(set.clone(), policy).tag("version", "2").build().unwrap();
        call(&hub.client(), 20).await;
        assert_eq!(instances.count("up"), 20);
    }
}
