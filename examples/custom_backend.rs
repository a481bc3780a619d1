//! A backend of your own in one file: events go to a journal, a file to which lines are added.
//!
//! `cargo run --example custom_backend`; its test, `cargo test --example custom_backend --features full`,
//! holds it to the promises that every backend makes.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::Duration;

use feign::publish::{
    Acknowledge, Backend, BoxFuture, Capabilities, Enqueue, Error, Gate, Kind, Left, Limits, Order,
    Outcome, Pending, Permit, Ready, Receipt, Record,
};

/// A journal: cheap to clone, and one for each file.
#[derive(Clone, Debug)]
pub struct Journal {
    gate: Arc<Gate>,
    topics: Arc<[&'static str]>,
    /// To the thread that writes; `None` once it is closed.
    line: Arc<Mutex<Option<mpsc::Sender<Job>>>>,
}

/// An event in line: its place is given back when it is done.
struct Job {
    record: Record,
    acknowledge: Acknowledge,
    _permit: Permit,
}

impl Journal {
    /// Opens a journal of some topics.
    pub fn open(path: &Path, topics: &[&'static str]) -> io::Result<Self> {
        let file = File::options().create(true).append(true).open(path)?;
        let (line, jobs) = mpsc::channel();
        thread::Builder::new().name("journal".to_owned()).spawn(move || write(file, &jobs))?;
        let (gate, line) = (Gate::new(Limits::default()), Arc::new(Mutex::new(Some(line))));
        Ok(Self { gate, topics: topics.into(), line })
    }

    fn hand_over(&self, permit: Permit, record: Record) -> Result<Pending, Error> {
        let closed = || Error::new(Kind::Closed).with_outcome(Outcome::NotWritten);
        let (acknowledge, pending) = Pending::channel();
        let job = Job { record, acknowledge, _permit: permit };
        let line = self.line.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        line.as_ref().ok_or_else(closed)?.send(job).map_err(|_| closed())?;
        Ok(pending)
    }

    fn check(&self, topic: &str) -> Result<(), Error> {
        if self.topics.contains(&topic) {
            return Ok(());
        }
        Err(Error::new(Kind::Unroutable).with_outcome(Outcome::NotWritten).with_topic(topic))
    }
}

/// The order of the line is the order of the file. What was written together is synced together.
fn write(mut file: File, jobs: &mpsc::Receiver<Job>) {
    let mut offset = 0;
    while let Ok(first) = jobs.recv() {
        let batch: Vec<Job> = std::iter::once(first).chain(jobs.try_iter()).collect();
        let written = lines(&batch).and_then(|lines| {
            file.write_all(lines.as_bytes())?;
            file.sync_data()
        });
        for Job { acknowledge, .. } in batch {
            acknowledge.settle(match &written {
                Ok(()) => Ok(Receipt::at(0, offset)),
                // Half of it may be there.
                Err(error) => Err(Error::new(Kind::Transport)
                    .with_outcome(Outcome::Unknown)
                    .with_reason(error.to_string())),
            });
            offset += 1;
        }
    }
}

fn lines(batch: &[Job]) -> io::Result<String> {
    batch.iter().map(|job| Ok(serde_json::to_string(&job.record)? + "\n")).collect()
}

impl Backend for Journal {
    fn enqueue(&self, record: Record) -> Enqueue<'_> {
        if let Err(error) = self.check(record.topic()) {
            return Enqueue::done(Err(error));
        }
        // Between the place and the line nothing is awaited: that is what keeps the order.
        if let Some(permit) = self.gate.try_enter(record.size()) {
            return Enqueue::done(permit.and_then(|permit| self.hand_over(permit, record)));
        }
        Enqueue::waiting(async move {
            let permit = Arc::clone(&self.gate).enter(record.size()).await?;
            self.hand_over(permit, record)
        })
    }

    fn close(&self, within: Duration) -> BoxFuture<'_, Result<(), Left>> {
        Box::pin(async move {
            self.gate.close();
            let drained = self.gate.drain(within).await;
            self.line.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
            drained
        })
    }

    fn ready<'a>(&'a self, topics: &'a [&'a str]) -> BoxFuture<'a, Result<Ready, Error>> {
        Box::pin(async move {
            topics.iter().try_for_each(|topic| self.check(topic))?;
            Ok(Ready::new(vec!["a journal is one file on one disk".to_owned()]))
        })
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            idempotent: true,
            transactional: false,
            partitions: false,
            tombstones: true,
            order: Order::PerTopic,
        }
    }
}

#[feign::publisher]
trait OrderEvents {
    #[topic("orders.created.v1")]
    async fn created(&self, #[key] id: &str, #[body] event: &str) -> Result<Receipt, Error>;
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::temp_dir().join(format!("journal-{}", std::process::id()));
    let journal = Journal::open(&path, &["orders.created.v1"])?;
    let events = OrderEventsPublisher::new(&journal);
    for id in ["A-1", "A-2"] {
        println!("{id} is line {:?}", events.created(id, "made").await?.offset);
    }
    journal.close(Duration::from_secs(5)).await?;
    let error = events.created("A-3", "too late").await.unwrap_err();
    println!("{error}: {:?}, {:?}", error.outcome(), error.advice());
    print!("{}", std::fs::read_to_string(&path)?);
    std::fs::remove_file(path)?;
    Ok(())
}

#[cfg(all(test, feature = "mock"))]
mod tests {
    use std::path::PathBuf;

    use feign::publish::conformance::{Subject, run};

    use super::*;

    struct Journalled(Journal, PathBuf);

    impl Subject for Journalled {
        fn backend(&self) -> &dyn Backend {
            &self.0
        }

        fn topic(&self) -> String {
            "orders".to_owned()
        }

        fn unknown_topic(&self) -> String {
            "order".to_owned()
        }

        async fn read(&mut self, _: usize) -> Vec<Record> {
            let text = std::fs::read_to_string(&self.1).unwrap();
            text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
        }
    }

    #[tokio::test]
    async fn a_journal_keeps_what_every_backend_keeps() {
        let path = std::env::temp_dir().join(format!("journal-test-{}", std::process::id()));
        run(Journalled(Journal::open(&path, &["orders"]).unwrap(), path.clone())).await;
        std::fs::remove_file(path).unwrap();
    }
}
