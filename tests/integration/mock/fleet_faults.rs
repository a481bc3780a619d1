//! What goes wrong in a fleet, and what is counted of it.

use std::time::Duration;

use feign::Error;
use feign::mock::{Counts, Fleet, Mock, Reply};
use futures_util::future::join_all;

use super::{Stock as _, StockClient};

fn fleet_of(reply: impl Into<Reply>) -> (Fleet, StockClient) {
    let fleet = Fleet::new("inventory", 7);
    fleet.add("a").latency(Duration::from_millis(20)).reply(reply);
    let client = fleet.client();
    (fleet, client)
}

async fn call(client: &StockClient) -> Result<(), Error> {
    client.remove("A-1", None).await
}

/// Received, answered, in flight, the most in flight.
fn counts(fleet: &Fleet) -> (u64, u64, u32, u32) {
    let Counts { received, answered, in_flight, max_in_flight, .. } = fleet.counts()["a"];
    (received, answered, in_flight, max_in_flight)
}

/// It was sent, and nobody knows what became of it.
fn is_broken_off(error: &Error) -> bool {
    error.status().is_none() && !error.is_connect() && !error.is_timeout() && error.is_retryable()
}

#[tokio::test(start_paused = true)]
async fn shares_are_met() {
    let (fleet, client) = fleet_of(204);
    fleet.instance("a").sometimes(0.1, 503).sometimes(0.2, Reply::refuse());
    let (mut busy, mut refused) = (0, 0);
    for _ in 0..2_000 {
        match call(&client).await {
            Ok(()) => {}
            Err(error) if error.is_connect() => refused += 1,
            Err(error) => {
                assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
                busy += 1;
            }
        }
    }
    assert!((160..=240).contains(&busy), "{busy}");
    assert!((340..=460).contains(&refused), "{refused}");
    assert_eq!(counts(&fleet), (2_000, 2_000 - refused, 0, 1));
    // The next reply takes them away.
    fleet.instance("a").reply(204);
    for _ in 0..100 {
        call(&client).await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn replies_are_those_of_the_kit() {
    let (_, client) = fleet_of(Reply::json(200, "a ball").header("etag", "7"));
    assert_eq!(&*client.item("A-1").await.unwrap().unwrap(), "a ball");
    let (_, client) = fleet_of(Reply::status(503).header("retry-after", "7"));
    let error = call(&client).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    let (fleet, client) = fleet_of(Reply::reset());
    let error = call(&client).await.unwrap_err();
    assert!(is_broken_off(&error), "{error}");
    assert_eq!(error.endpoint(), Some("http://a"));
    assert_eq!(counts(&fleet), (1, 0, 0, 1));
}

#[tokio::test]
async fn a_reset_is_one_on_a_port_too() {
    let mock = Mock::new();
    mock.on(StockClient::REMOVE).reply(Reply::reset());
    let client = StockClient::at(&mock.serve().await).unwrap();
    let error = call(&client).await.unwrap_err();
    assert!(is_broken_off(&error), "{error}");
    let _ = mock.verify();
}

#[tokio::test(start_paused = true)]
async fn those_in_flight_are_counted_until_they_end() {
    let (fleet, client) = fleet_of(204);
    let calls = join_all((0..8).map(|_| call(&client)));
    let looking = async {
        tokio::time::sleep(Duration::from_millis(10)).await;
        counts(&fleet)
    };
    let (outcomes, meanwhile) = tokio::join!(calls, looking);
    assert!(outcomes.iter().all(Result::is_ok));
    assert_eq!(meanwhile, (8, 0, 8, 8));
    assert_eq!(counts(&fleet), (8, 8, 0, 8));
}

#[tokio::test(start_paused = true)]
async fn one_that_hangs_is_in_flight_until_it_is_given_up() {
    let (fleet, client) = fleet_of(Reply::hang());
    let client = client.with(|call| call.timeout(Duration::from_secs(3)));
    assert!(call(&client).await.unwrap_err().is_timeout());
    assert_eq!(counts(&fleet), (1, 0, 0, 1));
}

#[tokio::test(start_paused = true)]
async fn a_stranger_is_told_so() {
    let (fleet, _) = fleet_of(204);
    let hub = fleet.hub().build().unwrap();
    let client: StockClient = hub.client_at("http://elsewhere").unwrap();
    let text = call(&client).await.unwrap_err().to_string();
    assert!(text.contains("the fleet of `inventory` has no instance `elsewhere`"), "{text}");
}

#[test]
#[should_panic(expected = "an instance is called as a host is, not \"a b\"")]
fn a_name_is_a_host() {
    Fleet::new("inventory", 7).add("a b");
}

#[test]
#[should_panic(expected = "there is an instance \"a\" already")]
fn names_are_different() {
    let (fleet, _) = fleet_of(204);
    fleet.add("a");
}

#[test]
#[should_panic(expected = "there is no instance \"b\"")]
fn a_name_is_known() {
    let (fleet, _) = fleet_of(204);
    let _ = fleet.instance("b");
}

#[test]
#[should_panic(expected = "shares are between 0 and 1, all together too, unlike 0.6")]
fn shares_are_parts_of_one() {
    let (fleet, _) = fleet_of(204);
    fleet.instance("a").sometimes(0.5, 503).sometimes(0.6, 503);
}

#[test]
#[should_panic(expected = "\"a\" is still to be found so")]
fn an_instance_keeps_its_name() {
    let (fleet, _) = fleet_of(204);
    fleet.instance("a").listed(|endpoint| endpoint.with_id("b"));
}
