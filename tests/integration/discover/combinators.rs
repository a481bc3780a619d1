//! Sources made of sources.

use feign::Hub;
use feign::discover::{self, Discover, Endpoint, Update, Updates};
use futures_util::{FutureExt as _, StreamExt as _, stream};

use super::script::{Counting, Script};
use super::{endpoints, is_live, seconds, settle, stale};

/// What is there to be said, in short: hosts, `?` for an unknown name, `!` for an error.
fn said(updates: &mut Updates) -> Vec<String> {
    let mut said = Vec::new();
    while let Some(Some(update)) = updates.next().now_or_never() {
        said.push(short(update));
    }
    said
}

fn short(update: Update) -> String {
    match update {
        Ok(Some(endpoints)) => {
            let hosts: Vec<_> = endpoints.iter().map(Endpoint::id).collect();
            hosts.join(" ")
        }
        Ok(None) => "?".to_owned(),
        Err(cause) => format!("!{cause}"),
    }
}

fn two() -> (Script, Script) {
    (Script::default(), Script::default())
}

#[test]
fn a_chain_is_the_first_that_knows_the_name() {
    let (first, second) = two();
    let mut chain = discover::chain(first.clone(), second.clone()).watch("inventory");
    assert!(said(&mut chain).is_empty());
    second.say(endpoints(["b"]));
    assert!(said(&mut chain).is_empty(), "the first has not spoken");
    first.unknown();
    assert_eq!(said(&mut chain), ["b"]);
    first.say(endpoints(["a"]));
    assert_eq!(said(&mut chain), ["a"]);
    first.fail("down");
    assert_eq!(said(&mut chain), ["a", "!down"], "it knew the name");
    first.unknown();
    assert_eq!(said(&mut chain), ["b"]);
    second.unknown();
    assert_eq!(said(&mut chain), ["?"]);
}

#[test]
fn a_chain_goes_on_to_the_second_where_the_first_only_fails() {
    let (first, second) = two();
    let mut chain = discover::chain(first.clone(), second.clone()).watch("inventory");
    first.fail("down");
    assert!(said(&mut chain).is_empty());
    second.say(endpoints(["b"]));
    assert_eq!(said(&mut chain), ["b"]);

    let (first, second) = two();
    let mut chain = discover::chain(first.clone(), second.clone()).watch("inventory");
    first.fail("down");
    second.unknown();
    assert_eq!(said(&mut chain), ["!down"], "who knows what the first would say");
}

#[test]
fn a_union_is_all_that_either_knows() {
    let (first, second) = two();
    let mut union = discover::union(first.clone(), second.clone()).watch("inventory");
    first.say(endpoints(["a", "both"]));
    assert!(said(&mut union).is_empty(), "half of it is no first word");
    second.say(endpoints(["both", "b"]));
    assert_eq!(said(&mut union), ["a both b"]);
    second.fail("down");
    assert_eq!(said(&mut union), ["a both b", "!down"]);
    first.say(endpoints(["c"]));
    assert_eq!(said(&mut union), ["c both b", "!down"], "still stale");
    second.unknown();
    assert_eq!(said(&mut union), ["c"]);
    first.unknown();
    assert_eq!(said(&mut union), ["?"]);
}

#[test]
fn of_the_same_id_the_second_counts() {
    let (first, second) = two();
    let mut union = discover::union(first.clone(), second.clone()).watch("inventory");
    let named = |zone: &str| endpoints(["a"]).remove(0).with_zone(zone);
    first.say(vec![named("old")]);
    second.say(vec![named("new")]);
    let merged = union.next().now_or_never().unwrap().unwrap().unwrap().unwrap();
    assert_eq!(merged.iter().map(Endpoint::zone).collect::<Vec<_>>(), [Some("new")]);
}

/// Nothing of the other is lost, and it is not asked again.
#[tokio::test(start_paused = true)]
async fn one_that_ends_or_panics_begins_again_alone() {
    let (first, second) = two();
    let mut union = discover::union(first.clone(), second.clone()).watch("inventory");
    first.say(endpoints(["a"]));
    second.say(endpoints(["b"]));
    assert_eq!(said(&mut union), ["a b"]);
    second.panic("a bug\n");
    assert_eq!(said(&mut union), ["a b", r"!the source panicked: a bug\n"]);
    first.say(endpoints(["c"]));
    assert_eq!(said(&mut union), ["c b", r"!the source panicked: a bug\n"]);
    second.first(Some(endpoints(["d"])));
    seconds(1.6).await;
    assert_eq!(said(&mut union), ["c d"]);
    first.end();
    assert_eq!(said(&mut union), ["c d", "!the source ended"]);
    assert_eq!((first.watched(), second.watched()), (1, 2));
}

/// One that ends or panics whenever it is asked does not keep the other from being heard.
#[tokio::test(start_paused = true)]
async fn a_first_that_never_holds_is_passed_over() {
    struct Once(Option<Update>);
    impl Discover for Once {
        fn watch(&self, _: &str) -> Updates {
            match &self.0 {
                Some(Ok(_)) => Box::pin(stream::iter([Ok(None)])),
                Some(Err(_)) => Box::pin(stream::poll_fn(|_| panic!("no configuration"))),
                None => panic!("no configuration"),
            }
        }
    }
    for first in [Some(Ok(None)), Some(Err("".into())), None] {
        let second = Script::default();
        let hub = Hub::builder().discover(Once(first)).discover(second.clone());
        let hub = hub.transport(Counting::default()).build().unwrap();
        let client: InventoryClient = hub.client();
        let waiting = tokio::spawn({
            let client = client.clone();
            async move { client.look().await }
        });
        seconds(10.0).await;
        second.say(endpoints(["b"]));
        waiting.await.unwrap().unwrap();
        seconds(300.0).await;
        assert!(is_live(&hub));
        assert_eq!(second.watched(), 1);
    }
}

/// As without a combinator: nothing of what caused it is lost, nothing is escaped twice.
#[tokio::test(start_paused = true)]
async fn a_cause_is_told_whole_and_once() {
    #[derive(Debug, thiserror::Error)]
    #[error("can't ask \"eureka\"")]
    struct Outer(#[source] Inner);
    #[derive(Debug, thiserror::Error)]
    #[error("refused\n")]
    struct Inner;

    let (first, second) = two();
    let hub = Hub::builder().discover(first.clone()).discover(second.clone());
    let hub = hub.transport(Counting::default()).build().unwrap();
    let _client: InventoryClient = hub.client();
    let _ =
        tokio::time::timeout(std::time::Duration::from_secs(1), hub.warm_up(["inventory"])).await;
    second.unknown();
    first.fail_by(|| Outer(Inner));
    settle().await;
    assert_eq!(stale(&hub).as_deref(), Some(r#"can't ask "eureka": refused\n"#));
}

#[test]
fn endpoints_are_changed_and_picked_out() {
    let source = Script::default();
    let changed = discover::map(source.clone(), |endpoint| endpoint.with_weight(7));
    let picked = discover::filter(changed, |endpoint| endpoint.id() != "b");
    let mut updates = picked.watch("inventory");
    source.say(endpoints(["a", "b", "c"]));
    let endpoints = updates.next().now_or_never().unwrap().unwrap().unwrap().unwrap();
    assert_eq!(endpoints.iter().map(Endpoint::weight).collect::<Vec<_>>(), [7, 7]);
    source.fail("down");
    source.unknown();
    assert_eq!(said(&mut updates), ["!down", "?"]);
}

#[test]
fn names_and_descriptions_come_from_below() {
    let fixed = |name: &str| discover::fixed([(name, Vec::new())]);
    let chain = discover::chain(fixed("b"), discover::union(fixed("a"), fixed("b")));
    assert_eq!(chain.names(), ["a", "b"]);
    assert_eq!(chain.describe(), "the fixed list, then the fixed list and the fixed list");
    assert_eq!(discover::filter(fixed("a"), |_| true).describe(), "the fixed list");
    assert_eq!(discover::map(fixed("a"), |endpoint| endpoint).names(), ["a"]);
}

#[feign::client(service = "inventory")]
trait Inventory {
    #[get("/")]
    async fn look(&self) -> Result<String, feign::Error>;
}

/// A hub asks its sources in their order.
#[tokio::test(start_paused = true)]
async fn a_hub_of_several_sources_takes_the_first_that_knows() {
    let at = |name: &str, host: &str| discover::fixed([(name, vec![super::endpoint(host)])]);
    let hub = Hub::builder()
        .discover(at("orders", "one"))
        .discover(at("inventory", "two"))
        .discover(at("inventory", "three"))
        .transport(tower::service_fn(|request: feign::Request<feign::Body>| async move {
            let host = Endpoint::of(&request).map(ToString::to_string).unwrap_or_default();
            Ok::<_, feign::Error>(feign::Response::new(feign::Body::from(host)))
        }))
        .build()
        .unwrap();
    assert_eq!(hub.client::<InventoryClient>().look().await.unwrap(), "http://two:80");
    let none: InventoryClient = hub.client_at("printer").unwrap();
    let error = none.look().await.unwrap_err();
    assert!(error.is_no_endpoint());
    assert!(error.to_string().contains("`inventory`, `orders`"), "{error}");
}
