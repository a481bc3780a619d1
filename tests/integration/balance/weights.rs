//! Shares by weight.

use feign::balance;

use super::{Fleet as _, Instances, call, endpoint, endpoints};

#[tokio::test]
async fn shares_are_exact_and_smooth() {
    let instances = Instances::default();
    let set = vec![endpoint("a").with_weight(5), endpoint("b"), endpoint("c")];
    let client = instances.client(set, balance::weighted());
    call(&client, 700).await;
    let called = instances.take();
    for window in called.windows(7) {
        let count = |id: &str| window.iter().filter(|called| *called == id).count();
        assert_eq!((count("a"), count("b"), count("c")), (5, 1, 1), "{window:?}");
    }
    assert!(!called.windows(5).any(|window| window.iter().all(|id| id == "a")), "bursts of five");
}

#[tokio::test]
async fn equal_weights_take_turns() {
    let instances = Instances::default();
    let set = endpoints(4).into_iter().map(|e| e.with_weight(9)).collect();
    call(&instances.client(set, balance::weighted()), 40).await;
    assert!(instances.counts().values().all(|count| *count == 10));
}

#[tokio::test]
async fn a_heavy_one_does_not_starve_the_others_of_a_turn() {
    let instances = Instances::default();
    let set = vec![endpoint("a").with_weight(u32::MAX), endpoint("b").with_weight(0)];
    call(&instances.client(set, balance::weighted()), 4097).await;
    assert_eq!(instances.count("b"), 1);
}

#[tokio::test(start_paused = true)]
async fn policies_that_compare_go_by_the_weight() {
    let instances = Instances::default();
    for policy in
        [balance::Policy::new(balance::least_loaded()), balance::Policy::new(balance::ewma())]
    {
        let set = vec![endpoint("a").with_weight(3), endpoint("b")];
        for id in ["a", "b"] {
            instances.say(id, super::ok(1000));
        }
        let client = instances.client(set, policy);
        let calls = (0..400).map(|_| client.call());
        futures_util::future::join_all(calls).await;
        let a = instances.count("a");
        assert!((299..=301).contains(&a), "{a} of 400");
    }
}
