//! DNS, against a name server in this process.

mod faults;
mod found;
mod hub;
mod name_server;
mod time;
mod wrong;

use std::time::Duration;

use feign::discover::{Discover as _, Dns, DnsBuilder, Endpoint, Update, Updates};
use futures_util::{FutureExt as _, StreamExt as _};
use hickory_resolver::proto::rr::RecordType;

use name_server::NameServer;

const NAME: &str = "orders.svc.test.";
const SRV: &str = "_http._tcp.orders.svc.test.";
const BOTH: [RecordType; 2] = [RecordType::A, RecordType::AAAA];

fn at(server: &NameServer) -> DnsBuilder {
    Dns::at([server.address()]).unwrap()
}

fn by_host(server: &NameServer) -> Updates {
    at(server).host("{service}.svc.test").port(8080).build().unwrap().watch("orders")
}

fn by_srv(server: &NameServer) -> Updates {
    at(server).srv("_http._tcp.{service}.svc.test").build().unwrap().watch("orders")
}

#[track_caller]
fn found(update: Option<Update>) -> Vec<Endpoint> {
    update.expect("it never ends").unwrap().expect("it knows the name")
}

#[track_caller]
fn urls(update: Option<Update>) -> Vec<String> {
    found(update).iter().map(ToString::to_string).collect()
}

#[track_caller]
fn failure(update: Option<Update>) -> String {
    update.expect("it never ends").unwrap_err().to_string()
}

/// What comes without the held clock being moved.
async fn due(updates: &mut Updates) -> Option<Update> {
    let before = tokio::time::Instant::now();
    let update = updates.next().await;
    assert!(
        before.elapsed() < Duration::from_millis(1),
        "it was due before {:?}",
        before.elapsed()
    );
    update
}

/// Whether nothing comes, although an answer of the server would have had the time to.
async fn is_silent(updates: &mut Updates) -> bool {
    for _ in 0..200 {
        if updates.next().now_or_never().is_some() {
            return false;
        }
        tokio::task::yield_now().await;
    }
    true
}

/// The time between questions where it is no matter.
const HASTE: Duration = Duration::from_millis(20);
