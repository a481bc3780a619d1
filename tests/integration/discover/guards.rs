//! Removals that look like a mistake of the source are held back for a while.

use std::time::Duration;

use feign::Hub;
use feign::discover::Endpoint;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use tokio::time::Instant;

use super::script::{Counting, Script, hub_of};
use super::{
    Inventory as _, InventoryClient, endpoint, endpoints, is_live, known, seconds, settle, stale,
};

const ALL: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

/// A hub whose source has said `ids`, and a client that keeps the service followed.
async fn begun<const N: usize>(ids: [&str; N]) -> (Script, Hub, InventoryClient) {
    let script = Script::of(endpoints(ids));
    let hub = hub_of(script.clone()).build().unwrap();
    let client: InventoryClient = hub.client();
    client.items().await.unwrap();
    (script, hub, client)
}

#[tokio::test(start_paused = true)]
async fn survivors_keep_their_place_and_new_ones_come_last() {
    let (script, hub, _client) = begun(["a", "b", "c"]).await;
    script.say(endpoints(["x", "c", "y", "a"]));
    settle().await;
    assert_eq!(known(&hub), ["a", "c", "x", "y"]);
    script.say(endpoints(["y", "x", "c"]));
    settle().await;
    assert_eq!(known(&hub), ["c", "x", "y"]);
}

#[tokio::test(start_paused = true)]
async fn a_set_that_is_empty_all_at_once_is_believed_after_a_while() {
    for say_nothing in [|script: &Script| script.say(Vec::new()), Script::unknown] {
        let (script, hub, client) = begun(["a", "b"]).await;
        say_nothing(&script);
        seconds(29.0).await;
        assert_eq!(known(&hub), ["a", "b"]);
        assert!(is_live(&hub), "the source answers");
        client.items().await.unwrap();
        seconds(2.0).await;
        assert!(known(&hub).is_empty());
        let error = client.items().await.unwrap_err();
        assert!(error.is_no_endpoint(), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_mistake_of_the_source_is_never_seen() {
    let (script, hub, client) = begun(ALL).await;
    script.say(Vec::new());
    seconds(20.0).await;
    script.say(endpoints(ALL));
    seconds(100.0).await;
    assert_eq!(known(&hub), ALL);
    client.items().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn more_than_half_and_at_least_three_are_too_many() {
    for (before, after, is_held) in [
        (&["a", "b", "c", "d", "e", "f"][..], &["a", "b", "c"][..], false),
        (&["a", "b", "c", "d", "e", "f"], &["a", "b"], true),
        (&["a", "b", "c", "d", "e"], &["d", "e"], true),
        (&["a", "b", "c", "d"], &["d"], true),
        (&["a", "b", "c"], &["c"], false),
        (&["a", "b"], &["b"], false),
        (&["a"], &[], true),
        (&["a", "b", "c"], &["x", "y", "z"], true),
        (&["a", "b"], &["x", "y"], false),
    ] {
        let list = |ids: &[&str]| ids.iter().copied().map(endpoint).collect::<Vec<_>>();
        let script = Script::of(list(before));
        let hub = hub_of(script.clone()).build().unwrap();
        let _client: InventoryClient = hub.client();
        hub.warm_up(["inventory"]).await.unwrap();
        script.say(list(after));
        settle().await;
        let all = before.iter().chain(after.iter().filter(|id| !before.contains(id)));
        let now: Vec<_> = known(&hub);
        if is_held {
            assert_eq!(now, all.copied().collect::<Vec<_>>(), "{before:?} -> {after:?}");
        } else {
            assert_eq!(now, after, "{before:?} -> {after:?}");
        }
        seconds(31.0).await;
        assert_eq!(known(&hub), after, "{before:?} -> {after:?}, later");
    }
}

#[tokio::test(start_paused = true)]
async fn additions_are_used_at_once_and_hide_no_removal() {
    let calls = Counting::default();
    let script = Script::of(endpoints(["a", "b", "c"]));
    let hub = Hub::builder().discover(script.clone()).transport(calls.clone()).build().unwrap();
    let client: InventoryClient = hub.client();
    client.items().await.unwrap();
    // A deployment that replaces everything, told again and again.
    for _ in 0..2 {
        script.say(endpoints(["x", "y", "z"]));
        seconds(10.0).await;
        assert_eq!(known(&hub), ["a", "b", "c", "x", "y", "z"]);
    }
    // Those that are kept have successors: they are asked where these fail, and not before.
    calls.take();
    for _ in 0..6 {
        client.items().await.unwrap();
    }
    assert_eq!(calls.take().into_keys().collect::<Vec<_>>(), ["x", "y", "z"]);
    // One comes back, and is one of the listed again.
    script.say(endpoints(["x", "y", "z", "a"]));
    settle().await;
    for _ in 0..8 {
        client.items().await.unwrap();
    }
    assert_eq!(calls.take().into_keys().collect::<Vec<_>>(), ["a", "x", "y", "z"]);
    script.say(endpoints(["x", "y", "z"]));
    seconds(11.0).await;
    assert_eq!(known(&hub), ["x", "y", "z"]);
}

/// A source may hand back what the hub has shown: that is one of the listed, and not behind them.
#[tokio::test(start_paused = true)]
async fn what_was_kept_is_listed_again_as_anything_else() {
    let calls = Counting::default();
    let script = Script::of(endpoints(["a", "b", "c"]));
    let hub = Hub::builder().discover(script.clone()).transport(calls.clone()).build().unwrap();
    let client: InventoryClient = hub.client();
    client.items().await.unwrap();
    script.say(endpoints(["x", "y", "z"]));
    settle().await;
    script.say(hub.endpoints("inventory").endpoints().to_vec());
    settle().await;
    calls.take();
    for _ in 0..6 {
        client.items().await.unwrap();
    }
    assert_eq!(calls.take().into_values().collect::<Vec<_>>(), [1; 6]);
}

/// A source that lost most of its list has named no successors: everything is used.
#[tokio::test(start_paused = true)]
async fn what_is_kept_without_successors_is_called() {
    let calls = Counting::default();
    let script = Script::of(endpoints(ALL));
    let hub = Hub::builder().discover(script.clone()).transport(calls.clone()).build().unwrap();
    let client: InventoryClient = hub.client();
    client.items().await.unwrap();
    script.say(endpoints(["a", "b"]));
    settle().await;
    calls.take();
    for _ in 0..12 {
        client.items().await.unwrap();
    }
    assert_eq!(calls.take().into_values().collect::<Vec<_>>(), [2; 6]);
}

/// What is held does not make the next removal look small, nor large.
#[tokio::test(start_paused = true)]
async fn each_removal_has_a_time_of_its_own() {
    let (script, hub, _client) = begun(ALL).await;
    script.say(endpoints(["a", "b"]));
    seconds(10.0).await;
    script.say(endpoints(["b"]));
    settle().await;
    assert_eq!(known(&hub), ["b", "c", "d", "e", "f"], "one of two is a usual removal");
    script.say(Vec::new());
    seconds(10.0).await;
    assert_eq!(known(&hub), ["b", "c", "d", "e", "f"]);
    seconds(10.5).await;
    assert_eq!(known(&hub), ["b"], "half a minute after the first");
    seconds(10.0).await;
    assert!(known(&hub).is_empty());
}

#[tokio::test(start_paused = true)]
async fn one_that_is_listed_again_is_not_held_any_more() {
    let (script, hub, _client) = begun(ALL).await;
    script.say(Vec::new());
    seconds(10.0).await;
    script.say(endpoints(["a", "b", "c", "d", "e"]));
    seconds(25.0).await;
    assert_eq!(known(&hub), ["a", "b", "c", "d", "e"], "`f` alone was held all the time");
    script.say(endpoints(["b", "c", "d", "e"]));
    settle().await;
    assert_eq!(known(&hub), ["b", "c", "d", "e"]);
}

#[tokio::test(start_paused = true)]
async fn a_source_that_fails_confirms_nothing_but_not_for_ever() {
    let (script, hub, client) = begun(["a", "b"]).await;
    script.say(Vec::new());
    seconds(10.0).await;
    script.fail("connection refused");
    seconds(100.0).await;
    assert_eq!(known(&hub), ["a", "b"], "nobody says that they are still gone");
    assert_eq!(stale(&hub).as_deref(), Some("connection refused"));
    client.items().await.unwrap();
    seconds(41.0).await;
    assert!(known(&hub).is_empty(), "five times as long is enough");

    let (script, hub, _client) = begun(["a", "b"]).await;
    script.say(Vec::new());
    seconds(10.0).await;
    script.fail("connection refused");
    seconds(100.0).await;
    script.say(Vec::new());
    settle().await;
    assert!(known(&hub).is_empty(), "it still says so");
}

/// However a source flaps, what it does not list is gone after five times the grace.
#[tokio::test(start_paused = true)]
async fn flapping_keeps_nothing_for_ever() {
    let (script, hub, _client) = begun(ALL).await;
    let begun = Instant::now();
    let mut turn = 0;
    while known(&hub).iter().any(|id| ALL.contains(&&**id)) {
        assert!(begun.elapsed() <= Duration::from_secs(151), "{:?}", known(&hub));
        match turn % 3 {
            0 => script.say(Vec::new()),
            1 => script.fail("connection reset"),
            _ => script.say(vec![endpoint(["x", "y", "z"][turn % 9 / 3])]),
        }
        turn += 1;
        seconds(7.0).await;
    }
    assert!(begun.elapsed() > Duration::from_secs(29));
}

#[tokio::test(start_paused = true)]
async fn the_grace_is_what_the_hub_says() {
    for (grace, is_there) in
        [(0, [false, false, false]), (5, [true, false, false]), (300, [true; 3])]
    {
        let script = Script::of(endpoints(ALL));
        let hub = hub_of(script.clone()).removal_grace(Duration::from_secs(grace));
        let hub = hub.build().unwrap();
        let _client: InventoryClient = hub.client();
        hub.warm_up(["inventory"]).await.unwrap();
        script.say(Vec::new());
        let mut seen = Vec::new();
        for wait in [1.0, 5.0, 290.0] {
            seconds(wait).await;
            seen.push(!known(&hub).is_empty());
        }
        assert_eq!(seen, is_there, "{grace} s");
    }
    let script = Script::of(endpoints(ALL));
    let hub = hub_of(script.clone()).removal_grace(Duration::MAX).build().unwrap();
    let _client: InventoryClient = hub.client();
    hub.warm_up(["inventory"]).await.unwrap();
    script.say(Vec::new());
    seconds(1e6).await;
    assert_eq!(known(&hub), ALL, "for ever");
}

/// What a source does, and how long it is quiet after that.
#[derive(Clone, Debug)]
enum Step {
    Say(Vec<u8>),
    Unknown,
    Fail,
    End,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => prop::collection::vec(0..10_u8, 0..10).prop_map(Step::Say),
        1 => Just(Step::Unknown),
        2 => Just(Step::Fail),
        1 => Just(Step::End),
    ]
}

fn list(ids: &[u8]) -> Vec<Endpoint> {
    ids.iter().map(|id| endpoint(&format!("h{id}"))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// After any sequence of updates and once quiet for longer than five times the grace, the
    /// published set is what the source said last. Until then it misses nothing that is listed.
    #[test]
    fn what_is_published_becomes_what_was_said_last(
        steps in prop::collection::vec((step(), 0.06..60.0), 1..30)
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .unwrap();
        runtime.block_on(run(steps))?;
    }
}

async fn run(steps: Vec<(Step, f64)>) -> Result<(), TestCaseError> {
    let script = Script::of(endpoints(["first"]));
    let hub = hub_of(script.clone()).build().unwrap();
    let client: InventoryClient = hub.client();
    client.items().await.unwrap();
    let mut last = endpoints(["first"]);
    for (step, wait) in steps {
        match &step {
            Step::Say(ids) => last = list(ids),
            Step::Unknown => last = Vec::new(),
            Step::Fail | Step::End => {}
        }
        // A source that begins again says what there is.
        script.first(Some(last.clone()));
        match step {
            Step::Say(_) => script.say(last.clone()),
            Step::Unknown => script.unknown(),
            Step::Fail => script.fail("it fails"),
            Step::End => script.end(),
        }
        seconds(wait).await;
        if script.open() > 0 {
            let known = known(&hub);
            for endpoint in &last {
                prop_assert!(known.contains(&endpoint.id().into_owned()), "{endpoint:?} is missed");
            }
        }
    }
    seconds(151.0).await;
    let mut published = known(&hub);
    published.sort();
    let mut said: Vec<_> = last.iter().map(|endpoint| endpoint.id().into_owned()).collect();
    said.sort();
    said.dedup();
    prop_assert_eq!(&published, &said);
    let outcome = client.items().await;
    prop_assert_eq!(outcome.is_ok(), !said.is_empty());
    Ok(())
}
