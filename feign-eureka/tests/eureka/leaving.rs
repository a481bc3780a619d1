//! Leaving is an order, and a good-bye is tried whatever happens.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use feign_eureka::testing::{EurekaServer, Fault};
use feign_eureka::{Eureka, Status};
use tokio::sync::oneshot;
use tokio::time::Instant;

use crate::support::{Followed, client, instance, secs, until};

const CANCEL: &str = "DELETE /eureka/apps/ORDERS/i1";

#[tokio::test(start_paused = true)]
async fn leaving_cancels_the_lease() {
    let server = EurekaServer::new();
    let lease = client(&server).register(instance("orders", 1));
    lease.registered().await.unwrap();
    let started = Instant::now();
    lease.leave().await;
    assert!(server.instances("orders").is_empty());
    assert_eq!(started.elapsed(), Duration::ZERO);
    let heard = server.heard().len();
    tokio::time::sleep(secs(600)).await;
    assert_eq!(server.heard().len(), heard, "and nothing is sent any more");
    assert_eq!(server.count(CANCEL), 1);
}

#[tokio::test(start_paused = true)]
async fn out_of_service_wait_cancel() {
    let server = EurekaServer::new();
    let eureka = client(&server);
    let lease = eureka.register(instance("orders", 1));
    lease.registered().await.unwrap();
    // The limiter is empty: what is urgent does not wait for it.
    lease.set_metadata("a", "1");
    tokio::time::sleep(secs(1)).await;
    lease.set_metadata("a", "2");
    tokio::time::sleep(secs(1)).await;
    lease.set_metadata("a", "3");
    let mut orders = Followed::new(&eureka, "orders");
    assert_eq!(orders.up().await, ["h1"]);

    let (signal, signalled) = oneshot::channel::<()>();
    let left = tokio::spawn(lease.leave_on(signalled, secs(100)));
    tokio::time::sleep(secs(10)).await;
    assert_eq!(server.status("orders", "i1"), Some(Status::Up), "not before the signal");
    let started = Instant::now();
    signal.send(()).unwrap();
    until(|| server.status("orders", "i1") == Some(Status::OutOfService)).await;
    assert!(started.elapsed() < secs(1), "{:?}", started.elapsed());
    assert!(orders.up().await.is_empty(), "callers hear of it");
    tokio::time::sleep_until(started + secs(99)).await;
    // It is renewed while it waits.
    assert_eq!(server.status("orders", "i1"), Some(Status::OutOfService));
    assert!(!left.is_finished());
    left.await.unwrap();
    assert!((secs(100)..secs(101)).contains(&started.elapsed()), "{:?}", started.elapsed());
    assert!(server.instances("orders").is_empty());
    assert_eq!(server.count(CANCEL), 1);
}

/// A registry that is dead or hangs holds no shutdown up for long.
#[tokio::test(start_paused = true)]
async fn a_registry_that_does_not_answer_holds_nothing_up() {
    // What hangs gets two seconds for the good-bye; a renewal that hangs is given up for it.
    for (fault, most) in [(Fault::Down, 1), (Fault::Hang, 3)] {
        let server = EurekaServer::new();
        let lease = client(&server).register(instance("orders", 1));
        lease.registered().await.unwrap();
        server.set_fault(fault.clone());
        // Also in the middle of a renewal.
        tokio::time::sleep(secs(31)).await;
        let started = Instant::now();
        lease.leave().await;
        assert!(started.elapsed() <= secs(most), "{fault:?}: {:?}", started.elapsed());
    }
}

/// The signal comes while the registry has failed for long: it is told at once all the same.
#[tokio::test(start_paused = true)]
async fn what_is_urgent_does_not_wait_for_a_back_off() {
    let server = EurekaServer::new();
    let lease = client(&server).register(instance("orders", 1));
    lease.registered().await.unwrap();
    for attempt in 0..5 {
        server.set_fault(Fault::Down);
        tokio::time::sleep(secs(170)).await;
        server.set_fault(None);
        if attempt == 4 {
            break;
        }
        tokio::time::sleep(secs(60)).await;
    }
    let started = Instant::now();
    let left = tokio::spawn(lease.leave_on(async {}, secs(30)));
    until(|| server.count("PUT /eureka/apps/ORDERS/i1/status?value=OUT_OF_SERVICE") > 0).await;
    assert!(started.elapsed() < secs(1), "{:?}", started.elapsed());
    left.await.unwrap();
    assert!(server.instances("orders").is_empty());
}

/// Nor for a renewal that hangs.
#[tokio::test(start_paused = true)]
async fn what_is_urgent_does_not_wait_for_a_renewal() {
    let server = EurekaServer::new();
    let lease = client(&server).register(instance("orders", 1));
    lease.registered().await.unwrap();
    server.set_fault(Fault::Hang);
    tokio::time::sleep(secs(31)).await;
    assert_eq!(server.count("PUT /eureka/apps/ORDERS/i1?"), 1, "it hangs");
    server.set_fault(None);
    let started = Instant::now();
    let left = tokio::spawn(lease.leave_on(async {}, secs(30)));
    until(|| server.status("orders", "i1") == Some(Status::OutOfService)).await;
    assert!(started.elapsed() < secs(1), "{:?}", started.elapsed());
    // It is renewed all the same.
    left.await.unwrap();
    assert_eq!(server.count("PUT /eureka/apps/ORDERS/i1?"), 2);
}

/// Who was never registered has nothing to cancel.
#[tokio::test(start_paused = true)]
async fn leaving_before_anything_was_heard() {
    let server = EurekaServer::new();
    let lease = client(&server).register(instance("orders", 1));
    lease.leave().await;
    assert!(server.heard().is_empty() || server.instances("orders").is_empty());
}

/// E11, on a runtime that lives on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dropped() {
    let server = EurekaServer::start().await.unwrap();
    let lease = Eureka::at([server.url()]).unwrap().register(instance("orders", 1));
    lease.registered().await.unwrap();
    drop(lease);
    until(|| server.instances("orders").is_empty()).await;
}

/// E11: the runtime goes down first, with the task and its connections.
#[test]
fn dropped_after_its_runtime() {
    let runtime = || {
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
    };
    let servers = runtime();
    let server = servers.block_on(EurekaServer::start()).unwrap();
    let main = runtime();
    let lease = main.block_on(async {
        let lease = Eureka::at([server.url()]).unwrap().register(instance("orders", 1));
        lease.registered().await.unwrap();
        lease
    });
    main.shutdown_background();
    drop(lease);
    // The task may have said it too, before its runtime was down.
    assert!(server.count(CANCEL) >= 1, "before the drop has ended");
    assert!(server.instances("orders").is_empty());
}

/// E11: the last thing that the main future does.
#[test]
fn dropped_with_its_runtime() {
    let servers =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let server = servers.block_on(EurekaServer::start()).unwrap();
    let main = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    main.block_on(async {
        let lease = Eureka::at([server.url()]).unwrap().register(instance("orders", 1));
        lease.registered().await.unwrap();
        // As `#[tokio::main]` ends with a panic or an early return.
    });
    drop(main);
    assert!(server.instances("orders").is_empty());
}

/// A drop waits no longer than it says.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dropped_while_the_registry_hangs() {
    let server = EurekaServer::start().await.unwrap();
    let lease = Eureka::at([server.url()]).unwrap().register(instance("orders", 1));
    lease.registered().await.unwrap();
    server.set_fault(Fault::Hang);
    let started = Instant::now();
    drop(lease);
    assert!(started.elapsed() < secs(2), "{:?}", started.elapsed());
}

/// It fits axum: the server accepts until the lease is cancelled, then ends what it has begun.
#[tokio::test]
async fn leave_on_fits_axum() {
    let server = EurekaServer::start().await.unwrap();
    let served = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&served);
    let app = axum::Router::new().route(
        "/",
        axum::routing::get(move || {
            count.fetch_add(1, Ordering::Relaxed);
            async { "here" }
        }),
    );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let registration = instance("orders", 1).host("127.0.0.1").port(address.port());
    let lease = Eureka::at([server.url()]).unwrap().register(registration);
    lease.registered().await.unwrap();
    let (signal, signalled) = oneshot::channel::<()>();
    let shutdown = lease.leave_on(signalled, Duration::from_millis(1_500));
    let serving = tokio::spawn(async move {
        axum::serve(listener, app).with_graceful_shutdown(shutdown).await.unwrap();
    });
    signal.send(()).unwrap();
    until(|| server.status("orders", "i1") == Some(Status::OutOfService)).await;
    // Callers whose caches have not turned over yet are served.
    assert_eq!(reqwest_get(address).await, "here");
    serving.await.unwrap();
    assert!(server.instances("orders").is_empty());
    assert_eq!(served.load(Ordering::Relaxed), 1);
    assert!(tokio::net::TcpStream::connect(address).await.is_err(), "it has stopped to accept");
}

async fn reqwest_get(address: std::net::SocketAddr) -> String {
    #[feign_macros::client(crate = ::feign_core)]
    trait Home {
        #[get("/")]
        async fn home(&self) -> Result<String, feign_core::Error>;
    }
    HomeClient::at(format!("http://{address}")).unwrap().home().await.unwrap()
}
