//! New instances are spared at first.

use std::time::Duration;

use feign::balance::{self, Balance, EndpointSet, PickContext, Policy};

use super::{FleetClient, Instances, Told, call, endpoint, endpoints};

const WINDOW: Duration = Duration::from_secs(60);

/// A policy of a user, which knows nothing of slow start.
#[derive(Debug)]
struct ByTurn;

impl Balance for ByTurn {
    fn pick(&self, endpoints: &EndpointSet, cx: &mut PickContext<'_>) -> usize {
        (cx.turn() % endpoints.len() as u64) as usize
    }
}

/// The share of the new one of 4, in thousandths, when it joined so long ago.
async fn share(policy: Policy, age: Duration) -> usize {
    let instances = Instances::default();
    let told = Told::new(endpoints(3));
    let hub = instances.told(&told, policy).slow_start(WINDOW).build().unwrap();
    let client: FleetClient = hub.client();
    // At time 0 they would be taken for those of the start.
    tokio::time::advance(Duration::from_secs(1)).await;
    call(&client, 10).await;
    told.say([endpoints(3), vec![endpoint("new")]].concat()).await;
    tokio::time::advance(age).await;
    instances.take();
    call(&client, 4000).await;
    let counts = instances.counts();
    let (most, least) = (1..3).fold((counts["e0"], counts["e0"]), |(most, least), at| {
        let count = counts[&format!("e{at}")];
        (most.max(count), least.min(count))
    });
    assert!(most - least < 250, "the others stay even: {counts:?}");
    counts.get("new").copied().unwrap_or_default() / 4
}

/// 4000 calls: a standard deviation is 8 thousandths at most, and the limits stand 4 of them away.
#[tokio::test(start_paused = true)]
async fn shares_grow_with_time() {
    let policies: [(Policy, bool); 5] = [
        (Policy::new(balance::round_robin()), true),
        (Policy::new(balance::random()), true),
        (Policy::new(balance::least_loaded()), true),
        (Policy::new(balance::weighted()), true),
        (Policy::new(ByTurn), true),
    ];
    for (policy, _) in policies {
        // A tenth of its quarter, of which the others get the rest: 0.025 / 0.775 is 32 of 1000.
        let begin = share(policy.clone(), Duration::ZERO).await;
        assert!((10..=55).contains(&begin), "{policy:?}: {begin} at the start");
        let half = share(policy.clone(), WINDOW / 2).await;
        assert!((105..=180).contains(&half), "{policy:?}: {half} in the middle");
        let end = share(policy.clone(), WINDOW).await;
        assert!((215..=285).contains(&end), "{policy:?}: {end} at the end");
    }
}

#[tokio::test(start_paused = true)]
async fn those_of_the_start_and_a_whole_new_fleet_are_called() {
    let instances = Instances::default();
    let told = Told::new(endpoints(3));
    let hub = instances.told(&told, balance::round_robin()).slow_start(WINDOW).build().unwrap();
    let client: FleetClient = hub.client();
    call(&client, 30).await;
    assert!(instances.counts().values().all(|count| *count == 10));
    tokio::time::advance(Duration::from_secs(1)).await;
    told.say((10..14).map(|at| endpoint(&format!("e{at}"))).collect()).await;
    call(&client, 400).await;
    assert!(instances.counts().values().all(|count| (50..=150).contains(count)));
}
