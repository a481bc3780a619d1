//! What is published, to the value, and what the log says of it.

use std::fmt::{self, Write as _};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::Instant;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

use super::guard::GRACE;
use super::reconcile::Reconciler;
use super::watch::{Terms, Watch};
use super::{Endpoint, Selection, State};

/// What is said to the log at `info` and above, as `WARN text field=value …`.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

impl Subscriber for Log {
    fn enabled(&self, of: &Metadata<'_>) -> bool {
        of.target() == "feign::discover" && *of.level() <= Level::INFO
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut text = Text(event.metadata().level().to_string());
        event.record(&mut text);
        self.0.lock().unwrap().push(text.0);
    }
}

struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        match field.name() {
            "message" => {
                self.0.insert_str(self.0.find(' ').unwrap_or(self.0.len()), &format!(" {value:?};"))
            }
            name => write!(self.0, " {name}={value:?}").unwrap(),
        }
    }
}

/// A reconciler with its clock.
struct Bench {
    reconciler: Reconciler,
    now: Instant,
}

impl Bench {
    fn new() -> Self {
        let now = Instant::now();
        Self { reconciler: Reconciler::new("inventory".into(), "the test", &terms(), now), now }
    }

    fn take<const N: usize>(&mut self, endpoints: [Endpoint; N]) -> bool {
        self.reconciler.take(Some(endpoints.into()), self.now)
    }

    fn pass(&mut self, time: Duration) {
        self.now += time;
    }

    fn endpoints(&self) -> Arc<[Endpoint]> {
        Arc::clone(&self.reconciler.known().0.endpoints)
    }
}

fn endpoint(id: &str) -> Endpoint {
    Endpoint::new("http://h:80").unwrap().with_id(id)
}

fn zoned(id: &str, zone: &str) -> Endpoint {
    endpoint(id).with_zone(zone)
}

const SECOND: Duration = Duration::from_secs(1);

fn terms() -> Terms {
    Terms {
        seed: 1,
        grace: GRACE,
        names: Arc::new([]),
        observers: crate::observe::Observers::default(),
        rules: crate::log::Rules::default(),
    }
}

#[test]
fn an_instance_keeps_its_statistics_whatever_else_is_said_of_it() {
    let mut bench = Bench::new();
    assert!(bench.take([endpoint("a"), endpoint("b")]));
    let before = bench.endpoints();
    assert!(!Arc::ptr_eq(before[0].shared_load(), before[1].shared_load()));
    let moved = Endpoint::new("http://elsewhere:81").unwrap().with_id("a").with_weight(3);
    let moved = moved.with_state(State::Draining).with_priority(2);
    assert!(bench.take([endpoint("b"), moved]));
    let after = bench.endpoints();
    assert_eq!((after[0].as_str(), after[0].weight()), ("http://elsewhere:81", 3));
    for (before, after) in before.iter().zip(&*after) {
        assert!(Arc::ptr_eq(before.shared_load(), after.shared_load()));
    }
}

/// What a source says again costs nothing: not even a new list.
#[test]
fn what_is_unchanged_is_the_same_value() {
    let mut bench = Bench::new();
    bench.take([zoned("a", "x"), zoned("b", "y")]);
    let before = bench.endpoints();
    assert!(!bench.take([zoned("b", "y"), zoned("a", "x")]), "the same, in another order");
    assert!(Arc::ptr_eq(&before, &bench.endpoints()));
    assert!(bench.take([zoned("a", "x"), zoned("b", "y"), zoned("c", "x")]));
    // A new value would have a text of its own.
    let texts =
        |all: &[Endpoint]| all.iter().map(|e| e.zone().unwrap().as_ptr()).collect::<Vec<_>>();
    assert_eq!(texts(&before), texts(&bench.endpoints()[..2]));
}

/// An endpoint that a source hands out for two services is two instances.
#[test]
fn statistics_belong_to_a_service() {
    let shared = endpoint("a");
    let (mut one, mut two) = (Bench::new(), Bench::new());
    one.take([shared.clone()]);
    two.take([shared.clone()]);
    assert!(!Arc::ptr_eq(one.endpoints()[0].shared_load(), two.endpoints()[0].shared_load()));
}

#[test]
fn those_that_join_later_are_new_and_those_of_the_start_are_not() {
    let joined =
        |bench: &Bench| bench.endpoints().iter().map(|e| e.load().joined()).collect::<Vec<_>>();
    let mut bench = Bench::new();
    bench.take([]);
    bench.pass(SECOND);
    bench.take([endpoint("a")]);
    assert_eq!(joined(&bench), [0], "the first there are");
    bench.pass(SECOND);
    bench.take([endpoint("a"), endpoint("b")]);
    assert_eq!(joined(&bench), [0, 2_000_000_000]);
    bench.pass(SECOND);
    // Held and listed again, drained and up again, said otherwise: still the same instance.
    bench.take([]);
    bench.pass(SECOND);
    bench.take([endpoint("b").with_state(State::Draining), endpoint("a")]);
    bench.pass(SECOND);
    bench.take([endpoint("b").with_weight(2), endpoint("a")]);
    assert_eq!(joined(&bench), [0, 2_000_000_000]);
    // Gone for good, and back.
    bench.take([endpoint("b")]);
    bench.take([endpoint("b"), endpoint("a")]);
    assert_eq!(joined(&bench), [2_000_000_000, 5_000_000_000]);
    bench.reconciler.forget();
    bench.take([endpoint("a")]);
    assert_eq!(joined(&bench), [0]);
}

// === the log ===

#[test]
fn a_removal_that_is_held_is_said_loudly_and_once() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let mut bench = Bench::new();
    bench.take(["a", "b", "c", "d"].map(endpoint));
    assert_eq!(log.take(), [""; 0]);
    for _ in 0..3 {
        bench.take([endpoint("a")]);
    }
    assert_eq!(
        log.take(),
        [
            r#"WARN many endpoints are gone at once; they are kept, and removed if the source still does not list them then; service=inventory source=the test gone=3 known=4 kept_for=30s"#
        ]
    );
    bench.take(["a", "b"].map(endpoint));
    assert_eq!(
        log.take(),
        [
            "INFO endpoints that were held are listed again; service=inventory source=the test returned=1"
        ]
    );
    bench.pass(31 * SECOND);
    assert!(bench.reconciler.elapse(bench.now));
    assert_eq!(
        log.take(),
        [
            "WARN endpoints that the source does not list are removed now; service=inventory source=the test gone=2 known=4"
        ]
    );
    assert!(!bench.reconciler.elapse(bench.now));
    assert_eq!((log.take(), bench.reconciler.due()), (vec![], None));
}

#[test]
fn a_failing_source_is_said_when_it_begins_and_when_it_ends() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let mut bench = Bench::new();
    bench.take([endpoint("a")]);
    assert!(bench.reconciler.fail("no route", bench.now));
    assert!(!bench.reconciler.fail("no route", bench.now), "nothing new");
    assert!(bench.reconciler.fail("no host", bench.now), "another cause");
    assert_eq!(
        log.take(),
        [
            r#"WARN the source fails; what it said last is kept; service=inventory source=the test endpoints=1 cause="no route""#
        ]
    );
    bench.take([endpoint("a")]);
    assert_eq!(log.take(), ["INFO the source answers again; service=inventory source=the test"]);
}

#[test]
fn an_id_that_is_listed_twice_is_said_once() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let mut bench = Bench::new();
    for _ in 0..3 {
        bench.take([endpoint("a\n"), endpoint("b"), endpoint("a\n")]);
    }
    assert_eq!(
        log.take(),
        [
            r"WARN the source lists an id twice; the last one counts; service=inventory source=the test id=a\n"
        ]
    );
    // A source that invents ids does not fill the log either.
    for id in 0..1000 {
        let id = format!("x{id}");
        bench.take([endpoint(&id), endpoint(&id)]);
    }
    assert_eq!(log.take().iter().filter(|line| line.contains("twice")).count(), 63);
}

// === watch ===

/// A program may ask for any number of tags; those that nobody asks for any more are let go.
#[test]
fn views_that_nobody_holds_are_dropped() {
    let terms = terms();
    let watch = Watch::fixed("inventory".into(), Some(vec![endpoint("a")]), terms);
    let selection = |tag: usize| Selection {
        tags: [("tag".to_owned(), tag.to_string())].into(),
        ..Selection::default()
    };
    let held = watch.view(&selection(0));
    for tag in 1..10_000 {
        drop(watch.view(&selection(tag)));
        assert!(watch.views() <= 65);
    }
    assert!(Arc::ptr_eq(&held, &watch.view(&selection(0))));
    let all: Vec<_> = (0..200).map(|tag| watch.view(&selection(tag))).collect();
    assert!(watch.views() >= 200, "those that are held stay");
    drop(all);
}
