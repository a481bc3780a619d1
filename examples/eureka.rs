//! A service that registers, is found, and leaves without a failed call: `cargo run --example eureka`.
//!
//! With the URL of a registry behind it (`cargo run --example eureka -- http://localhost:8761/eureka`) it uses
//! that one, else one of its own.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use feign::Hub;
use feign::eureka::testing::EurekaServer;
use feign::eureka::{Eureka, Registration};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

#[feign::client(service = "orders")]
trait Orders {
    #[get("/orders/{id}")]
    async fn order(&self, id: u64) -> Result<String, feign::Error>;
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let own = EurekaServer::start().await?;
    let url = std::env::args().nth(1).unwrap_or_else(|| own.url().to_owned());
    let eureka = Eureka::builder().server(&url).interval(Duration::from_millis(200)).build()?;
    println!("the registry is at {url}");

    let first = Running::start(&eureka, "first").await?;
    let second = Running::start(&eureka, "second").await?;
    let hub = Hub::builder().discover(eureka).build()?;
    let orders: OrdersClient = hub.client();

    // Somebody calls all the time.
    let (calls, failed) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
    let caller = tokio::spawn({
        let (orders, calls, failed) = (orders.clone(), Arc::clone(&calls), Arc::clone(&failed));
        async move {
            loop {
                calls.fetch_add(1, Ordering::Relaxed);
                if orders.order(7).await.is_err() {
                    failed.fetch_add(1, Ordering::Relaxed);
                }
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        }
    });
    println!("it is found:     {}, {}", orders.order(1).await?, orders.order(2).await?);

    first.leave().await?;
    println!("the first left:  {}, {}", orders.order(3).await?, orders.order(4).await?);
    caller.abort();
    let (calls, failed) = (calls.load(Ordering::Relaxed), failed.load(Ordering::Relaxed));
    println!("calls meanwhile: {calls}, failed: {failed}");
    second.leave().await
}

/// A service as others write theirs.
struct Running {
    signal: oneshot::Sender<()>,
    server: tokio::task::JoinHandle<std::io::Result<()>>,
}

impl Running {
    async fn start(
        eureka: &Eureka,
        name: &'static str,
    ) -> Result<Self, Box<dyn std::error::Error>> {
        let app = Router::new().route("/orders/{id}", get(move || async move { name }));
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();

        let orders = Registration::new("orders").instance_id(name).host("127.0.0.1").port(port);
        let lease = eureka.register(orders);
        lease.registered().await?; // only so that this program prints the same each time

        // In a real service the signal is SIGTERM, and the wait 100 s: see `docs/eureka.md`.
        let (signal, signalled) = oneshot::channel::<()>();
        let shutdown = lease.leave_on(async { drop(signalled.await) }, Duration::from_secs(1));
        let server = axum::serve(listener, app).with_graceful_shutdown(shutdown);
        Ok(Self { signal, server: tokio::spawn(async move { server.await }) })
    }

    async fn leave(self) -> Result<(), Box<dyn std::error::Error>> {
        drop(self.signal);
        Ok(self.server.await??)
    }
}
