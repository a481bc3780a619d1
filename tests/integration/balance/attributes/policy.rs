//! Where a policy may be said: the nearest word stands.

use std::sync::atomic::{AtomicUsize, Ordering};

use feign::Settings;
use feign::balance::{Balance, EndpointSet, PickContext};
use feign::discover::{Endpoint, fixed};
use serde_json::json;

use super::{Answer, Seen, distinct};

/// Takes the endpoint of an index: 0 is `a`.
#[derive(Debug)]
struct Only(usize);

impl Balance for Only {
    fn pick(&self, _: &EndpointSet, _: &mut PickContext<'_>) -> usize {
        self.0
    }
}

fn only_b() -> Only {
    Only(1)
}

#[feign::client(service = "items")]
trait Bare {
    #[get("/items")]
    async fn items(&self) -> Answer;
}

#[feign::client(service = "items", balance = sticky)]
trait Stays {
    #[get("/items")]
    async fn items(&self) -> Answer;
}

#[feign::client(service = "items", balance = self::only_b)]
trait Own {
    #[get("/items")]
    async fn items(&self) -> Answer;
}

/// Takes each endpoint once, as far as it remembers.
#[derive(Debug, Default)]
struct Remembering(AtomicUsize);

impl Balance for Remembering {
    fn pick(&self, endpoints: &EndpointSet, _: &mut PickContext<'_>) -> usize {
        self.0.fetch_add(1, Ordering::Relaxed) % endpoints.len()
    }
}

#[feign::client(service = "items", balance = self::Remembering::default)]
trait Remembers {
    #[get("/items")]
    async fn items(&self) -> Answer;
}

/// The hosts of twelve calls.
macro_rules! twelve {
    ($client:expr, $seen:expr) => {{
        let client = $client;
        for _ in 0..12 {
            client.items().await.unwrap();
        }
        $seen.hosts()
    }};
}

#[tokio::test]
async fn the_attribute_decides_where_calls_go() {
    let seen = Seen::default();
    let hub = seen.hub().build().unwrap();

    let bare = twelve!(hub.client::<BareClient>(), seen);
    for host in ["a", "b", "c"] {
        assert_eq!(bare.iter().filter(|at| *at == host).count(), 4, "in turn: {bare:?}");
    }
    let stays = twelve!(hub.client::<StaysClient>(), seen);
    assert_eq!(distinct(&stays).len(), 1, "{stays:?}");
    let own = twelve!(hub.client::<OwnClient>(), seen);
    assert_eq!(distinct(&own), "b", "{own:?}");
}

fn settings(json: serde_json::Value) -> Settings {
    serde_json::from_value(json).unwrap()
}

/// Default < hub < its settings < trait < service < its settings < call.
#[tokio::test]
async fn the_nearest_level_wins() {
    let seen = Seen::default();
    let said = |level: usize| {
        let mut hub = seen.hub();
        let mut said = json!({});
        if level >= 1 {
            hub = hub.balance(Only(0));
        }
        if level >= 2 {
            said["balance"] = "round_robin".into();
        }
        if level >= 3 {
            hub = hub.service("items", |service| service.balance(Only(2)));
        }
        if level >= 4 {
            said["services"]["items"]["balance"] = "round_robin".into();
        }
        hub.settings(settings(said)).build().unwrap()
    };
    let bare = async |level| distinct(&twelve!(said(level).client::<BareClient>(), seen));
    let own = async |level| distinct(&twelve!(said(level).client::<OwnClient>(), seen));

    assert_eq!(bare(0).await, "abc", "default");
    assert_eq!(bare(1).await, "a", "hub");
    assert_eq!(bare(2).await, "abc", "settings of the hub");
    assert_eq!(own(1).await, "b", "trait above hub");
    assert_eq!(own(2).await, "b", "trait above settings of the hub");
    assert_eq!(own(3).await, "c", "service");
    assert_eq!(own(4).await, "abc", "settings of the service");
    let view = said(4).client::<OwnClient>().with(|call| call.balance(Only(0)));
    assert_eq!(distinct(&twelve!(&view, seen)), "a", "call");
    let nearer = view.with(|call| call.balance(Only(1)));
    assert_eq!(distinct(&twelve!(&nearer, seen)), "b", "a view of a view");
    assert_eq!(distinct(&twelve!(view.with(|call| call.header("x-a", "1")), seen)), "a", "kept");
}

/// At a base URL and for another service, too, as far as there is a choice.
#[tokio::test]
async fn the_trait_says_it_wherever_the_client_goes() {
    let seen = Seen::default();
    let other = seen.hub().service("other", |s| s.url("http://x").url("http://y"));
    let other: OwnClient = other.build().unwrap().client_at("other").unwrap();
    assert_eq!(distinct(&twelve!(other, seen)), "y");
}

#[tokio::test]
async fn the_views_of_a_client_share_the_policy_of_the_trait() {
    let seen = Seen::default();
    let tagged = ["http://a", "http://b", "http://c"]
        .map(|url| Endpoint::new(url).unwrap().with_metadata("version", "3"));
    let hub = seen.hub().service("tagged", |s| s.discover(fixed([("tagged", tagged.to_vec())])));
    let client: RemembersClient = hub.build().unwrap().client_at("tagged").unwrap();
    client.items().await.unwrap();
    for _ in 0..2 {
        client.with(|call| call.tag("version", "3")).items().await.unwrap();
    }
    assert_eq!(seen.hosts(), ["a", "b", "c"]);
}
