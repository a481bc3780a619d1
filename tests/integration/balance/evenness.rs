//! Round robin is even to one call, over any window.

use std::collections::BTreeMap;

use feign::balance;
use feign::discover::Endpoint;
use proptest::prelude::*;
use proptest::{prop_assert, proptest};

use super::{FleetClient, Instances, Told, call, endpoint, endpoints};

/// The most by which two endpoints differ over any window of what was called.
fn unevenness(called: &[String], of: &[Endpoint]) -> usize {
    let windows =
        (0..called.len()).flat_map(|from| (from..=called.len()).map(move |to| (from, to)));
    let spread = windows.map(|(from, to)| {
        let mut counts: BTreeMap<_, usize> = of.iter().map(|e| (e.id().into_owned(), 0)).collect();
        for id in &called[from..to] {
            *counts.get_mut(id).expect("one that is listed") += 1;
        }
        counts.values().max().unwrap() - counts.values().min().unwrap()
    });
    spread.max().unwrap_or_default()
}

#[tokio::test]
async fn any_window_is_even() {
    let instances = Instances::default();
    for count in [1, 2, 3, 7] {
        call(&instances.client(endpoints(count), balance::round_robin()), 40).await;
        assert!(unevenness(&instances.take(), &endpoints(count)) <= 1);
    }
}

#[tokio::test]
async fn clients_of_a_service_take_their_turns_together() {
    let instances = Instances::default();
    let hub = instances.hub(endpoints(3), balance::round_robin()).build().unwrap();
    let (one, other): (FleetClient, FleetClient) = (hub.client(), hub.client());
    for times in [1, 2, 1, 1, 3, 2] {
        call(&one, times).await;
        call(&other.with(|call| call.header("x-view", "1")), times).await;
    }
    assert!(unevenness(&instances.take(), &endpoints(3)) <= 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn threads_take_their_turns_together() {
    let instances = Instances::default();
    let client = instances.client(endpoints(7), balance::round_robin());
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { call(&client, 1000).await })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let counts = instances.counts();
    assert_eq!(counts.values().sum::<usize>(), 8000);
    assert!(counts.values().all(|count| (1142..=1143).contains(count)), "{counts:?}");
}

#[tokio::test(start_paused = true)]
async fn an_update_goes_on_where_the_turn_stood() {
    let instances = Instances::default();
    let told = Told::new(endpoints(5));
    let client: FleetClient =
        instances.told(&told, balance::round_robin()).build().unwrap().client();
    call(&client, 3).await;
    let before = instances.take();
    let at: usize = before[2][1..].parse().unwrap();
    // The same ones, of which something else is said.
    told.say(endpoints(5).into_iter().map(|e| e.with_metadata("version", "2")).collect()).await;
    call(&client, 2).await;
    let next = |step: usize| format!("e{}", (at + step) % 5);
    assert_eq!(instances.take(), [next(1), next(2)]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn windows_between_updates_are_even(
        updates in prop::collection::vec((prop::collection::btree_set(0_u8..12, 1..10), 0_usize..30), 1..8),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .unwrap();
        runtime.block_on(async {
            let instances = Instances::default();
            let told = Told::new(Vec::new());
            let client: FleetClient =
                instances.told(&told, balance::round_robin()).build().unwrap().client();
            for (ids, calls) in updates {
                let set: Vec<_> = ids.iter().map(|id| endpoint(&format!("e{id}"))).collect();
                told.say(set.clone()).await;
                call(&client, calls).await;
                prop_assert!(unevenness(&instances.take(), &set) <= 1);
            }
            Ok(())
        })?;
    }
}
