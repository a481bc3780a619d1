//! Where each argument goes.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use feign::publish::{Error, Kind, Memory, Receipt};

use super::Created;

#[derive(Clone, Copy, Debug, PartialEq, Eq, feign::Param)]
enum Region {
    #[param(rename = "eu")]
    Eu,
}

#[feign::publisher(settings(env))]
#[allow(clippy::too_many_arguments, reason = "each role once")]
#[headers("X-App: shop", "x-team: orders")]
trait Events {
    #[topic("{env}.orders.{region}.v1")]
    #[headers("x-team: billing")]
    async fn created(
        &self,
        region: Region,
        #[key] id: &str,
        #[header("x-tenant")] tenant: Option<&str>,
        #[header] trace_id: &[u8],
        #[headers] more: &BTreeMap<String, String>,
        #[timestamp] at: SystemTime,
        #[body] event: &Created,
    ) -> Result<Receipt, Error>;

    #[topic("{env}.raw")]
    async fn raw(&self, #[partition] partition: u32, #[body] text: &str) -> Result<Receipt, Error>;

    #[topic("{env}.keyed")]
    async fn keyed(
        &self,
        #[key] key: Option<&[u8]>,
        #[partition_key] by: u64,
        #[body] event: Option<&Created>,
    ) -> Result<(), Error>;

    #[topic("{env}.keyed")]
    #[tombstone]
    async fn gone(&self, #[key] key: &str) -> Result<Receipt, Error>;
}

fn memory() -> Memory {
    let topics = ["test.orders.eu.v1", "test.raw", "test.keyed"];
    topics.into_iter().fold(Memory::new(), |memory, topic| memory.with_topic(topic, 4))
}

fn events(memory: &Memory) -> EventsPublisher {
    EventsPublisher::with_settings(memory, [("env", "test")]).expect("settings")
}

#[tokio::test]
async fn each_argument_goes_where_its_mark_says() {
    let memory = memory();
    let more = BTreeMap::from([
        ("x-more".to_owned(), "1".to_owned()),
        ("X-App".to_owned(), "till".to_owned()),
    ]);
    let at = SystemTime::UNIX_EPOCH + Duration::from_millis(1_700_000_000_123);
    let event = Created::new("42", 7);
    let receipt = events(&memory)
        .created(Region::Eu, "42", None, &[0, 255], &more, at, &event)
        .await
        .expect("published");
    let [published] = memory.published::<Created>("test.orders.eu.v1").try_into().expect("one");
    assert_eq!(published.key(), Some("42"));
    assert_eq!(published.body(), Some(&event));
    assert_eq!(published.header("x-tenant"), None);
    let record = &published.delivered().record;
    let headers: Vec<_> = record.headers().collect();
    let expected: [(&str, &[u8]); 4] =
        [("x-team", b"billing"), ("trace-id", &[0, 255]), ("X-App", b"till"), ("x-more", b"1")];
    assert_eq!(headers, expected);
    assert_eq!(record.timestamp(), Some(1_700_000_000_123));
    assert_eq!(receipt.timestamp, Some(1_700_000_000_123));
    assert_eq!(record.event(), Some("Events.created"));
}

#[tokio::test]
async fn text_is_raw_and_a_partition_is_a_partition() {
    let memory = memory();
    let receipt = events(&memory).raw(3, "not json").await.expect("published");
    assert_eq!(receipt.partition, Some(3));
    assert_eq!(memory.records("test.raw")[0].record.payload(), Some(&b"not json"[..]));
    let error = events(&memory).raw(4, "x").await.expect_err("no such partition");
    assert_eq!((error.kind(), error.event()), (Kind::Unroutable, Some("Events.raw")));
    let error = events(&memory).raw(u32::MAX, "x").await.expect_err("no partition");
    assert_eq!(error.kind(), Kind::Invalid);
    assert!(error.to_string().contains("`partition`"), "{error}");
}

#[tokio::test]
async fn a_partition_key_places_and_the_key_is_sent() {
    let memory = memory();
    let events = events(&memory);
    events.keyed(Some(b"\0k"), 7, Some(&Created::new("a", 1))).await.expect("published");
    events.keyed(None, 7, None).await.expect("published");
    events.gone("k").await.expect("published");
    let records = memory.records("test.keyed");
    assert_eq!(records[0].record.key(), Some(&b"\0k"[..]));
    assert_eq!(records[0].receipt.partition, records[1].receipt.partition);
    assert_eq!((records[1].record.key(), records[1].record.payload()), (None, None));
    assert_eq!((records[2].record.key(), records[2].record.payload()), (Some(&b"k"[..]), None));
}

#[test]
fn settings_are_given_all_and_no_others() {
    let memory = memory();
    let none: [(&str, &str); 0] = [];
    for (given, said) in [
        (EventsPublisher::with_settings(&memory, none), "`{env}`"),
        (EventsPublisher::with_settings(&memory, [("env", "a"), ("stage", "b")]), "`{stage}`"),
        (EventsPublisher::with_settings(&memory, [("env", "a b")]), "` `"),
        (EventsPublisher::with_settings(&memory, [("env", "")]), "empty"),
    ] {
        let error = given.expect_err(said);
        assert_eq!(error.kind(), Kind::Settings);
        assert!(error.to_string().contains(said), "{error}");
    }
}

#[feign::publisher]
trait ByTenant {
    #[topic("orders.{tenant}")]
    async fn created(&self, tenant: &str, #[body] event: &Created) -> Result<Receipt, Error>;
}

#[tokio::test]
async fn a_topic_that_is_none_is_refused_before_it_is_sent() {
    let memory = Memory::new().with_topic("orders.a", 1);
    let events: ByTenantPublisher = feign::Hub::builder().build().expect("hub").publisher(&memory);
    for tenant in ["a/b", "\0", "a b", "ä", "a\nb", &"x".repeat(250)] {
        let error = events.created(tenant, &Created::new("1", 1)).await.expect_err(tenant);
        assert_eq!(error.kind(), Kind::Invalid, "{error}");
    }
    let error = events.created("b", &Created::new("1", 1)).await.expect_err("not declared");
    assert_eq!(error.kind(), Kind::Unroutable);
    assert!(error.to_string().contains("`orders.a`"), "{error}");
    events.created("a", &Created::new("1", 1)).await.expect("published");
}

#[feign::publisher(cloud_events(source = "/orders"))]
trait Cloud {
    #[topic("cloud")]
    #[cloud_events(type = "com.acme.created")]
    async fn created(
        &self,
        #[header("ce_subject")] subject: &str,
        #[body] event: &Created,
    ) -> Result<Receipt, Error>;
}

#[tokio::test]
async fn a_cloud_event_says_so_in_its_headers() {
    let memory = Memory::new().with_topic("cloud", 1);
    let events = CloudPublisher::new(&memory);
    events.created("s", &Created::new("1", 1)).await.expect("published");
    events.created("s", &Created::new("1", 1)).await.expect("published");
    let [first, second] = memory.published::<Created>("cloud").try_into().expect("two");
    for (name, value) in [
        ("ce_specversion", "1.0"),
        ("ce_type", "com.acme.created"),
        ("ce_source", "/orders"),
        ("ce_subject", "s"),
        ("content-type", "application/json"),
    ] {
        assert_eq!(first.header(name), Some(value), "{name}");
    }
    assert_ne!(first.header("ce_id"), second.header("ce_id"));
}

#[test]
fn what_is_declared_is_described() {
    let description = EventsPublisher::DESCRIPTION;
    assert_eq!((description.name, description.settings), ("Events", &["env"][..]));
    let names: Vec<_> = description.events.iter().map(|event| event.name).collect();
    assert_eq!(names, ["Events.created", "Events.raw", "Events.keyed", "Events.gone"]);
    let created = EventsPublisher::CREATED;
    assert_eq!((created.topic, created.fixed), ("{env}.orders.{region}.v1", false));
    assert_eq!((created.key, created.body), (Some("str"), Some("Created")));
    assert_eq!(created.headers, [("X-App", "shop"), ("x-team", "billing")]);
    assert_eq!(CloudPublisher::DESCRIPTION.topics(), ["cloud"]);
}
