//! What is said as a warning, and how often.

use std::fmt;
use std::sync::{Arc, LazyLock, Mutex};

use feign_eureka::testing::{EurekaServer, Fault};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Dispatch, Event, Level, Metadata, Subscriber};

use crate::support::{Followed, client, instance, refusing, secs};

/// Keeps warnings, with their fields.
#[derive(Clone, Default)]
struct Warnings(Arc<Mutex<Vec<String>>>);

/// Where there is but one, `tracing` asks the thread that says something first whether anybody listens:
/// another test's, which does not.
static ANOTHER: LazyLock<Dispatch> = LazyLock::new(|| Dispatch::new(Warnings::default()));

impl Warnings {
    /// Listens to this thread.
    fn listen() -> (Self, DefaultGuard) {
        LazyLock::force(&ANOTHER);
        let warnings = Self::default();
        let guard = tracing::subscriber::set_default(warnings.clone());
        (warnings, guard)
    }

    fn all(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

impl Subscriber for Warnings {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= Level::WARN && metadata.target().starts_with("feign::eureka")
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut text = Text(String::new());
        event.record(&mut text);
        self.0.lock().unwrap().push(text.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0 += &format!("{}={value:?} ", field.name());
    }
}

/// Said once, not at every try.
#[tokio::test(start_paused = true)]
async fn a_dead_registry_at_the_start() {
    let (warnings, _guard) = Warnings::listen();
    let server = EurekaServer::new();
    server.set_fault(Fault::Down);
    let eureka = client(&server);
    let lease = eureka.register(instance("orders", 1));
    let mut orders = Followed::new(&eureka, "orders");
    orders.failure().await;
    tokio::time::sleep(secs(600)).await;
    let said = warnings.all();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(
        said.iter().any(|said| said.contains("it is tried again") && said.contains("i1")),
        "{said:?}"
    );
    assert!(said.iter().any(|said| said.contains("what is known is kept")), "{said:?}");
    server.set_fault(None);
    lease.registered().await.unwrap();
    tokio::time::sleep(secs(60)).await;
    server.set_fault(Fault::Down);
    tokio::time::sleep(secs(600)).await;
    assert_eq!(warnings.all().len(), 4, "and once more when it dies again");
}

/// It is tried again, and the reason is said where it is news.
#[tokio::test(start_paused = true)]
async fn a_registration_that_is_refused() {
    let (warnings, _guard) = Warnings::listen();
    let server = EurekaServer::new();
    let lease = refusing(&server).register(instance("orders", 1));
    lease.registered().await.unwrap_err();
    tokio::time::sleep(secs(600)).await;
    assert!(server.count("POST /eureka/apps/OTHERS") > 10, "{}", server.heard().len());
    let said = warnings.all();
    let refused: Vec<_> = said.iter().filter(|said| said.contains("is refused")).collect();
    assert_eq!(refused.len(), 1, "{said:?}");
    assert!(refused[0].contains("expecting OTHERS") && refused[0].contains("i1"), "{said:?}");
    assert_eq!(said.len(), 2, "{said:?}");
}

#[tokio::test(start_paused = true)]
async fn an_instance_without_an_address() {
    let (warnings, _guard) = Warnings::listen();
    let server = EurekaServer::new();
    server.add(&instance("orders", 1).host("no host"));
    let mut orders = Followed::new(&client(&server), "orders");
    assert!(orders.endpoints().await.is_empty());
    server.add(&instance("orders", 2));
    assert_eq!(orders.up().await, ["h2"]);
    let said = warnings.all();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("ORDERS") && said[0].contains("i1"), "{said:?}");
}
