//! Reading the registry: everything, deltas, and what stands in their way.

use feign_eureka::Status;
use feign_eureka::testing::{EurekaServer, Fault};
use http::StatusCode;

use crate::support::{Followed, INTERVAL, ROUND, client, client_of, instance, secs, up};

const ALL: &str = "GET /eureka/apps/";
const DELTA: &str = "GET /eureka/apps/delta";

fn fulls(server: &EurekaServer) -> usize {
    server.count(ALL) - server.count(DELTA)
}

/// E6.
#[tokio::test(start_paused = true)]
async fn deltas_are_applied_instance_by_instance() {
    let server = EurekaServer::new();
    server.add(&instance("orders", 1));
    let eureka = client_of(&server).full_every(1_000).build().unwrap();
    let mut orders = Followed::new(&eureka, "orders");
    assert_eq!(orders.up().await, ["h1"]);

    server.add(&instance("orders", 2));
    assert_eq!(orders.up().await, ["h1", "h2"]);
    server.override_status("orders", "i1", Status::OutOfService);
    assert_eq!(orders.up().await, ["h2"]);
    server.remove("orders", "i2");
    let left = orders.endpoints().await;
    assert_eq!(left.len(), 1, "{left:?}");
    assert!(up(&left).is_empty());
    server.remove("orders", "i1");
    assert!(orders.endpoints().await.is_empty(), "known, and empty");

    // The server tells all of it for three minutes, again and again.
    let deltas = server.count(DELTA);
    assert!(orders.is_silent_for(4 * ROUND).await);
    assert!(server.count(DELTA) >= deltas + 4);
    assert_eq!(fulls(&server), 1);
}

/// An application that is known by nothing but one that has left (eureka#1528).
#[tokio::test(start_paused = true)]
async fn what_has_left_is_not_added() {
    let server = EurekaServer::new();
    server.add(&instance("orders", 1));
    let eureka = client(&server);
    let mut orders = Followed::new(&eureka, "orders");
    orders.up().await;
    server.add(&instance("payments", 2));
    server.remove("payments", "i2");
    assert!(orders.is_silent_for(3 * ROUND).await);
    assert_eq!(eureka.hash(), "UP_1_");
    assert_eq!(fulls(&server), 1, "nothing was wrong");
}

/// E7.
#[tokio::test(start_paused = true)]
async fn a_hash_that_differs_leads_to_one_full_read() {
    let server = EurekaServer::new();
    server.add(&instance("orders", 1));
    let eureka = client(&server);
    let mut orders = Followed::new(&eureka, "orders");
    orders.up().await;
    server.set_hash(Some("UP_9_"));
    assert!(orders.is_silent_for(ROUND).await);
    assert_eq!((server.count(DELTA), fulls(&server)), (1, 2), "one, and no loop");
    server.set_hash(None);
    // What was read is right, so the next delta is too.
    assert!(orders.is_silent_for(ROUND).await);
    assert_eq!((server.count(DELTA), fulls(&server)), (2, 2));

    // A missed change: no delta tells it, the hash does. The hash of what is read is not doubted.
    server.forget("orders", "i1");
    server.add(&instance("orders", 2));
    server.add(&instance("orders", 3));
    assert_eq!(orders.up().await, ["h1", "h2", "h3"]);
    assert_eq!(eureka.hash(), "UP_2_", "one of them is only held");
    assert_eq!(fulls(&server), 3);
}

/// Equal counts prove nothing: while nobody could read, one has gone and one has come, for longer than
/// deltas tell of it.
#[tokio::test(start_paused = true)]
async fn everything_is_read_at_every_tenth_round() {
    let server = EurekaServer::new();
    server.add(&instance("orders", 1));
    let mut orders = Followed::new(&client(&server), "orders");
    orders.up().await;
    server.set_fault(Fault::Down);
    server.remove("orders", "i1");
    server.add(&instance("orders", 2));
    orders.failure().await;
    tokio::time::sleep(secs(200)).await;
    server.set_fault(None);
    assert_eq!(orders.up().await, ["h1"], "the counts agree");
    assert_eq!(orders.up().await, ["h1", "h2"], "the first one was not heard to leave");
    assert_eq!((server.count(DELTA), fulls(&server)), (10, 2), "one more, since one was missed");
    assert_eq!(orders.up().await, ["h2"]);
}

/// Who leaves just before everything is read is not held for a round more.
#[tokio::test(start_paused = true)]
async fn who_leaves_before_a_full_read_has_left() {
    let server = EurekaServer::new();
    (1..=2).for_each(|number| server.add(&instance("orders", number)));
    let eureka = client_of(&server).full_every(2).build().unwrap();
    let mut orders = Followed::new(&eureka, "orders");
    assert_eq!(orders.up().await, ["h1", "h2"]);
    assert!(orders.is_silent_for(ROUND).await);
    assert_eq!((server.count(DELTA), fulls(&server)), (1, 1));
    server.remove("orders", "i2");
    let left = tokio::time::Instant::now();
    assert_eq!(orders.up().await, ["h1"]);
    assert_eq!((server.count(DELTA), fulls(&server)), (2, 2));
    assert!(left.elapsed() < secs(30), "{:?}: with the full read", left.elapsed());
}

/// E8.
#[tokio::test(start_paused = true)]
async fn a_server_without_deltas_is_read_in_full() {
    for fault in [Fault::NoDelta, Fault::UnknownDelta] {
        let server = EurekaServer::new();
        server.set_fault(fault);
        server.add(&instance("orders", 1));
        let mut orders = Followed::new(&client(&server), "orders");
        assert_eq!(orders.up().await, ["h1"]);
        server.add(&instance("orders", 2));
        assert_eq!(orders.up().await, ["h1", "h2"]);
        assert_eq!((server.count(DELTA), fulls(&server)), (1, 2));
    }
}

#[tokio::test(start_paused = true)]
async fn full_every_one_asks_for_no_delta() {
    let server = EurekaServer::new();
    let eureka = client_of(&server).full_every(1).build().unwrap();
    let mut orders = Followed::new(&eureka, "orders");
    orders.update().await.unwrap();
    assert!(orders.is_silent_for(3 * ROUND).await);
    assert_eq!(server.count(DELTA), 0);
    assert!(fulls(&server) >= 4);
}

/// E8: a starting server knows nothing yet; what was known before it was restarted stays.
#[tokio::test(start_paused = true)]
async fn a_starting_server_empties_nothing() {
    let server = EurekaServer::new();
    server.add(&instance("orders", 1));
    let eureka = client(&server);
    let mut orders = Followed::new(&eureka, "orders");
    orders.up().await;
    server.set_fault(Fault::Starting);
    assert!(orders.failure().await.contains("403"));
    assert_eq!(eureka.hash(), "UP_1_");
    server.set_fault(None);
    assert_eq!(orders.up().await, ["h1"], "live again");
}

/// And whoever begins with one gets an answer soon after it has started.
#[tokio::test(start_paused = true)]
async fn beginning_with_a_server_that_starts() {
    let server = EurekaServer::new();
    server.set_fault(Fault::Starting);
    let started = tokio::time::Instant::now();
    let mut orders = Followed::new(&client(&server), "orders");
    assert!(orders.failure().await.contains("403"));
    server.add(&instance("orders", 1));
    server.set_fault(None);
    assert_eq!(orders.up().await, ["h1"]);
    assert!(started.elapsed() < secs(3), "{:?}", started.elapsed());
}

/// E10.
#[tokio::test(start_paused = true)]
async fn a_server_that_restarted_empty_empties_nothing() {
    let server = EurekaServer::new();
    (1..=3).for_each(|number| server.add(&instance("orders", number)));
    let eureka = client(&server);
    let mut orders = Followed::new(&eureka, "orders");
    assert_eq!(orders.up().await.len(), 3);
    server.restart_empty();
    let failure = orders.failure().await;
    assert!(failure.contains("3 instances"), "{failure}");
    // For as long as it lists nothing.
    assert!(orders.is_silent_for(secs(3_600)).await);
    // The services register again, one after the other: none is missed meanwhile.
    server.add(&instance("orders", 2));
    let all = orders.endpoints().await;
    assert_eq!(up(&all), ["h1", "h2", "h3"]);
    server.add(&instance("orders", 1));
    server.add(&instance("orders", 3));
    assert!(orders.is_silent_for(secs(100)).await, "the same as before");
    assert_eq!(eureka.hash(), "UP_3_");
    // A good-bye is no gap.
    server.remove("orders", "i2");
    assert_eq!(orders.up().await, ["h1", "h3"]);
}

#[tokio::test(start_paused = true)]
async fn what_a_partial_registry_misses_is_held_for_a_while() {
    let server = EurekaServer::new();
    (1..=4).for_each(|number| server.add(&instance("orders", number)));
    let eureka = client_of(&server).hold(secs(120)).build().unwrap();
    let mut orders = Followed::new(&eureka, "orders");
    assert_eq!(orders.up().await.len(), 4);
    server.restart_empty();
    server.add(&instance("orders", 1));
    let missed = tokio::time::Instant::now();
    assert!(orders.is_silent_for(secs(115)).await, "the same four");
    assert_eq!(eureka.hash(), "UP_1_");
    assert_eq!(orders.up().await, ["h1"], "nobody has heard of the others for long enough");
    assert!(missed.elapsed() < secs(120) + 2 * ROUND);
}

/// E5: compressed on the wire, and as it is.
#[tokio::test]
async fn gzip_and_identity() {
    let server = EurekaServer::start().await.unwrap();
    server.add(&instance("orders", 1).metadata("Schlüssel", "größer \"als\" \u{1F980}"));
    for encoding in ["gzip", "identity"] {
        let eureka = feign_eureka::Eureka::builder()
            .server(server.url())
            .hub(move |hub| {
                hub.per_attempt(feign_core::layer::from_fn(
                    move |mut request: http::Request<feign_core::Body>,
                          next: feign_core::layer::Next| async move {
                        let value = http::HeaderValue::from_static(encoding);
                        request.headers_mut().insert("accept-encoding", value);
                        next.run(request).await
                    },
                ))
            })
            .build()
            .unwrap();
        let endpoints = Followed::new(&eureka, "orders").endpoints().await;
        assert_eq!(endpoints[0].metadata()["Schlüssel"], "größer \"als\" \u{1F980}");
        let heard = server.heard();
        assert_eq!(heard.last().unwrap().header("accept-encoding"), Some(encoding));
    }
}

/// By default it is asked for, and nothing else.
#[tokio::test(start_paused = true)]
async fn gzip_is_asked_for() {
    let server = EurekaServer::new();
    server.add(&instance("orders", 1));
    let mut orders = Followed::new(&client(&server), "orders");
    assert_eq!(orders.up().await, ["h1"]);
    orders.is_silent_for(ROUND).await;
    for heard in server.heard() {
        assert_eq!(heard.header("accept-encoding"), Some("gzip"), "{}", heard.line());
        assert_eq!(heard.header("accept"), Some("application/json"));
    }
}

/// A server that starts lists nothing for a moment, before it says that it does not know (seen of a
/// real one): who begins then does not wait for half a minute.
#[tokio::test(start_paused = true)]
async fn nothing_at_all_is_asked_again_soon() {
    let server = EurekaServer::new();
    let mut orders = Followed::new(&client(&server), "orders");
    assert!(orders.update().await.unwrap().is_none());
    let started = tokio::time::Instant::now();
    server.add(&instance("orders", 1));
    assert_eq!(orders.up().await, ["h1"]);
    assert!(started.elapsed() < secs(2), "{:?}", started.elapsed());
}

#[tokio::test(start_paused = true)]
async fn one_task_reads_for_all_services() {
    let server = EurekaServer::new();
    server.add(&instance("orders", 1));
    server.add(&instance("payments", 2));
    let eureka = client(&server);
    let mut orders = Followed::new(&eureka, "orders");
    let mut payments = Followed::new(&eureka.clone(), "payments");
    assert_eq!(orders.up().await, ["h1"]);
    assert_eq!(payments.up().await, ["h2"]);
    server.add(&instance("payments", 3));
    assert_eq!(payments.up().await, ["h2", "h3"]);
    assert!(orders.is_silent_for(secs(1)).await, "nothing of it has changed");
    assert_eq!((fulls(&server), server.count(DELTA)), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn nobody_reads_where_nobody_follows() {
    let server = EurekaServer::new();
    let eureka = client(&server);
    assert!(server.heard().is_empty(), "nothing is sent by itself");
    let mut orders = Followed::new(&eureka, "orders");
    orders.update().await.unwrap();
    drop(orders);
    tokio::time::sleep(2 * ROUND).await;
    let heard = server.heard().len();
    tokio::time::sleep(20 * ROUND).await;
    assert_eq!(server.heard().len(), heard);
    // What is known is told at once, and read anew.
    server.add(&instance("orders", 1));
    let mut orders = Followed::new(&eureka, "orders");
    orders.update().await.unwrap();
    assert_eq!(orders.up().await, ["h1"]);
}

/// E9, one server: the age grows by what is told once, and what is known stays.
#[tokio::test(start_paused = true)]
async fn a_dead_server_makes_it_stale_and_no_more() {
    let server = EurekaServer::new();
    server.add(&instance("orders", 1));
    let eureka = client(&server);
    let mut orders = Followed::new(&eureka, "orders");
    orders.up().await;
    server.set_fault(Fault::Down);
    orders.failure().await;
    assert!(orders.is_silent_for(secs(3_600)).await, "told once");
    assert_eq!(eureka.hash(), "UP_1_");
    // Whoever comes now hears both.
    let mut late = Followed::new(&eureka, "ORDERS");
    assert_eq!(late.up().await, ["h1"]);
    late.failure().await;
    server.set_fault(None);
    assert_eq!(orders.up().await, ["h1"], "live again, although nothing has changed");
}

#[tokio::test(start_paused = true)]
async fn a_strained_server_is_asked_less() {
    let server = EurekaServer::new();
    server.add(&instance("orders", 1));
    let mut orders = Followed::new(&client(&server), "orders");
    orders.update().await.unwrap();
    let count = |server: &EurekaServer| server.heard().len();
    server.set_fault(Fault::Status(StatusCode::SERVICE_UNAVAILABLE));
    let before = count(&server);
    orders.is_silent_for(secs(1)).await;
    tokio::time::sleep(20 * INTERVAL).await;
    let asked = count(&server) - before;
    assert!((3..=8).contains(&asked), "{asked} in twenty intervals");
}

/// The runtime that the task ran on goes away; whoever follows a service on another one reads on.
#[test]
fn it_survives_its_runtime() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (first, second) = (runtime(), runtime());
    let server = EurekaServer::new();
    server.add(&instance("orders", 1));
    let eureka =
        client_of(&server).interval(std::time::Duration::from_millis(100)).build().unwrap();
    first.block_on(async {
        assert_eq!(Followed::new(&eureka, "orders").up().await, ["h1"]);
    });
    let mut orders = Followed::new(&eureka, "orders");
    second.block_on(async {
        assert_eq!(orders.up().await, ["h1"]);
    });
    // The task runs on the first one, and `orders` waits on the second.
    let waiting = std::thread::spawn(move || second.block_on(orders.up()));
    drop(first);
    server.add(&instance("orders", 2));
    assert_eq!(waiting.join().unwrap(), ["h1", "h2"]);
}

#[tokio::test(start_paused = true)]
async fn regions_are_asked_for() {
    let server = EurekaServer::new();
    server.add(&instance("orders", 1));
    let eureka = client_of(&server).regions(["eu-1", "us-2"]).build().unwrap();
    let mut orders = Followed::new(&eureka, "orders");
    orders.update().await.unwrap();
    orders.is_silent_for(ROUND).await;
    let lines: Vec<_> = server.heard().iter().map(|heard| heard.line()).collect();
    assert_eq!(
        lines,
        ["GET /eureka/apps/?regions=eu-1,us-2", "GET /eureka/apps/delta?regions=eu-1,us-2"]
    );
}
