//! Services found by DNS: `cargo run --example dns --features dns`.
//!
//! By default both are here: a name server, and three instances of a service, one of which goes away.
//! With a name server of yours and what you call your services there, it shows what it finds:
//! `cargo run --example dns --features dns -- 10.0.0.2:53 _http._tcp.{service}.example.com orders`.

use std::collections::BTreeMap;
use std::time::Duration;

use feign::discover::{Dns, Freshness};

#[feign::client(service = "orders")]
trait Orders {
    /// Answers who it is.
    #[get("/")]
    async fn who(&self) -> Result<String, feign::Error>;
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    if let [server, name, service] = arguments.as_slice() {
        return show(server, name, service).await;
    }
    let instances = [instance::start().await?, instance::start().await?, instance::start().await?];
    let zone = name_server::start(&instances).await?;

    let dns = Dns::at([zone.address()])?.srv("_http._tcp.{service}.svc.test").build()?;
    let hub = feign::Hub::builder().discover(dns).build()?;
    let orders: OrdersClient = hub.client();

    println!("three instances: {:?}", count(&orders, 30).await?);
    zone.remove(instances[0]);
    // The TTL of its record is 0, so this is the least time that is kept to.
    tokio::time::sleep(Duration::from_millis(1500)).await;
    println!("one less:        {:?}", count(&orders, 30).await?);
    zone.clear();
    tokio::time::sleep(Duration::from_millis(1500)).await;
    println!("name gone:       {:?}", count(&orders, 30).await?);
    if let Freshness::Stale { since, cause } = hub.endpoints("orders").freshness() {
        println!("what is known:   kept, as for {} ms {cause}", since.elapsed().as_millis());
    }
    println!("questions asked: {}", zone.questions());
    Ok(())
}

/// Who answered how many calls.
async fn count(orders: &OrdersClient, calls: u32) -> Result<BTreeMap<String, u32>, feign::Error> {
    let mut answered = BTreeMap::new();
    for _ in 0..calls {
        *answered.entry(orders.who().await?).or_default() += 1;
    }
    Ok(answered)
}

async fn show(server: &str, name: &str, service: &str) -> Result<(), Box<dyn std::error::Error>> {
    let dns = Dns::at([server])?;
    let dns = if name.starts_with('_') { dns.srv(name) } else { dns.host(name) };
    let hub = feign::Hub::builder().discover(dns.build()?).build()?;
    hub.warm_up([service]).await?;
    let known = hub.endpoints(service);
    println!("{} says, and it is {:?}:", known.source(), known.freshness());
    for endpoint in known.endpoints() {
        let (weight, priority) = (endpoint.weight(), endpoint.priority());
        println!("  {endpoint}, weight {weight}, priority {priority}, {:?}", endpoint.metadata());
    }
    Ok(())
}

/// One instance of the other service.
mod instance {
    use std::net::SocketAddr;

    use axum::Router;
    use axum::routing::get;

    pub(crate) async fn start() -> std::io::Result<SocketAddr> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let router = Router::new().route("/", get(move || async move { address.to_string() }));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(address)
    }
}

/// A name server for one name.
mod name_server {
    use std::net::SocketAddr;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Arc, Mutex, PoisonError};

    use hickory_resolver::proto::op::{Message, ResponseCode};
    use hickory_resolver::proto::rr::rdata::{A, SRV};
    use hickory_resolver::proto::rr::{Name, RData, Record};
    use tokio::net::UdpSocket;

    #[derive(Default)]
    struct Records {
        instances: Mutex<Vec<SocketAddr>>,
        questions: AtomicUsize,
    }

    pub(crate) struct Zone {
        address: SocketAddr,
        records: Arc<Records>,
    }

    pub(crate) async fn start(instances: &[SocketAddr]) -> std::io::Result<Zone> {
        let socket = UdpSocket::bind("127.0.0.1:0").await?;
        let address = socket.local_addr()?;
        let records = Arc::new(Records::default());
        *lock(&records.instances) = instances.to_vec();
        let zone = Zone { address, records: Arc::clone(&records) };
        tokio::spawn(async move {
            let mut buffer = [0; 1500];
            while let Ok((length, peer)) = socket.recv_from(&mut buffer).await {
                let Ok(question) = Message::from_vec(&buffer[..length]) else { continue };
                let Ok(answer) = records.answer(question).to_vec() else { continue };
                _ = socket.send_to(&answer, peer).await;
            }
        });
        Ok(zone)
    }

    impl Zone {
        pub(crate) fn address(&self) -> String {
            self.address.to_string()
        }

        pub(crate) fn remove(&self, instance: SocketAddr) {
            lock(&self.records.instances).retain(|&one| one != instance);
        }

        pub(crate) fn clear(&self) {
            lock(&self.records.instances).clear();
        }

        pub(crate) fn questions(&self) -> usize {
            self.records.questions.load(Ordering::Relaxed)
        }
    }

    impl Records {
        /// The port of each instance, and its address beside that.
        fn answer(&self, question: Message) -> Message {
            self.questions.fetch_add(1, Ordering::Relaxed);
            let name = question.queries.first().map(|query| query.name().clone());
            let name = name.unwrap_or_default();
            let mut answer = question.into_response();
            let instances = lock(&self.instances);
            if instances.is_empty() {
                answer.metadata.response_code = ResponseCode::NXDomain;
            }
            for instance in &*instances {
                let host = format!("i{}.svc.test.", instance.port());
                let (Ok(host), SocketAddr::V4(v4)) = (Name::from_ascii(host), instance) else {
                    continue;
                };
                let srv = RData::SRV(SRV::new(0, 1, v4.port(), host.clone()));
                answer.add_answer(Record::from_rdata(name.clone(), 0, srv));
                answer.add_additional(Record::from_rdata(host, 0, RData::A(A(*v4.ip()))));
            }
            answer
        }
    }

    fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
        mutex.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
