//! What became of events by word of the producer, held against what is in the topic.

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::pin::Pin;
use std::time::Duration;

use tokio::task::yield_now;
use tokio::time::sleep;

use super::reader::Found;

/// Events of a key have to keep their order.
pub(super) const KEYS: u32 = 100;

/// What is said of an event that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Acknowledged,
    /// It failed so and is not there.
    NotWritten(String),
    /// It failed so and may be there.
    Unknown(String),
}

/// An event in line.
pub(super) type Waiting = Pin<Box<dyn Future<Output = Fate>>>;

/// What events are sent through.
pub(super) trait Door {
    /// Returns once the event is in line, or refused.
    async fn put(&self, key: &str, number: u32) -> Waiting;
}

/// Sends numbers, each with one of [`KEYS`] keys.
pub(super) struct Line<'a, D> {
    door: &'a D,
    waiting: Vec<Waiting>,
}

/// A fault lasts some seconds; its events are spread over as many pauses.
const PAUSES: usize = 1000;
const PAUSE: Duration = Duration::from_millis(4);

impl<'a, D: Door> Line<'a, D> {
    pub(super) const fn new(door: &'a D) -> Self {
        Self { door, waiting: Vec::new() }
    }

    /// Puts so many in line, as fast as they are let in.
    pub(super) async fn put(&mut self, count: usize) {
        for _ in 0..count {
            let number = u32::try_from(self.waiting.len()).unwrap();
            self.waiting.push(self.door.put(&key(number), number).await);
            // One that is let in at once would let nobody else have a turn.
            yield_now().await;
        }
    }

    /// How many there are.
    pub(super) const fn len(&self) -> usize {
        self.waiting.len()
    }

    /// Puts so many in line from the beginning of a fault to its end.
    pub(super) async fn put_during(&mut self, count: usize, fault: impl Future<Output = ()>) {
        let is_over = Cell::new(false);
        let fault = async {
            fault.await;
            is_over.set(true);
        };
        let slowly = async {
            for _ in 0..PAUSES {
                self.put(count / PAUSES).await;
                if !is_over.get() {
                    sleep(PAUSE).await;
                }
            }
        };
        tokio::join!(fault, slowly);
    }

    /// Waits for what is said of each, in the order of their numbers.
    pub(super) async fn fates(self) -> Vec<Fate> {
        let mut fates = Vec::new();
        for waiting in self.waiting {
            fates.push(waiting.await);
        }
        fates
    }
}

pub(super) fn key(number: u32) -> String {
    format!("key-{}", number % KEYS)
}

/// How what was said stands to what was read.
#[derive(Debug, Default)]
pub(super) struct Verdict {
    pub(super) sent: usize,
    pub(super) acknowledged: usize,
    /// Said to be not written, by what was said.
    pub(super) not_written: BTreeMap<String, usize>,
    /// Said to be perhaps written, by what was said.
    pub(super) unknown: BTreeMap<String, usize>,
    /// Of the unknown, those that are there.
    pub(super) unknown_there: usize,
    pub(super) read: usize,
    /// Acknowledged and not there.
    pub(super) lost: usize,
    /// There more than once, whatever was said.
    pub(super) doubled: usize,
    /// Behind a later one of their key.
    pub(super) inverted: usize,
    /// Said to be not written and there all the same.
    pub(super) belied: usize,
}

impl Verdict {
    /// Judges; a number is the place of a fate.
    pub(super) fn of(fates: &[Fate], found: &[Found]) -> Self {
        let mut verdict = Self { sent: fates.len(), read: found.len(), ..Self::default() };
        let copies = verdict.read_in_order(found);
        for (number, fate) in (0..).zip(fates) {
            let is_there = copies.contains_key(&number);
            match fate {
                Fate::Acknowledged => {
                    verdict.acknowledged += 1;
                    verdict.lost += usize::from(!is_there);
                }
                Fate::NotWritten(why) => {
                    *verdict.not_written.entry(why.clone()).or_default() += 1;
                    verdict.belied += usize::from(is_there);
                }
                Fate::Unknown(why) => {
                    *verdict.unknown.entry(why.clone()).or_default() += 1;
                    verdict.unknown_there += usize::from(is_there);
                }
            }
        }
        verdict.doubled = copies.values().filter(|copies| **copies > 1).count();
        verdict
    }

    /// Counts copies, and inversions among the first of them.
    fn read_in_order(&mut self, found: &[Found]) -> HashMap<u32, usize> {
        let (mut copies, mut last) = (HashMap::new(), HashMap::new());
        for event in found {
            let seen = copies.entry(event.number).or_insert(0_usize);
            *seen += 1;
            if *seen > 1 {
                continue;
            }
            let last = last.entry(&event.key).or_insert(event.number);
            self.inverted += usize::from(*last > event.number);
            *last = (*last).max(event.number);
        }
        copies
    }

    /// What the library promises, whatever the fault was.
    pub(super) fn assert_kept(&self) {
        let faults = [self.lost, self.doubled, self.inverted, self.belied];
        assert_eq!(faults, [0; 4], "{self}");
        let said = [self.acknowledged, sum(&self.not_written), sum(&self.unknown)];
        assert_eq!(said.iter().sum::<usize>(), self.sent, "{self}");
        assert_eq!(self.acknowledged + self.unknown_there, self.read, "{self}");
    }
}

fn sum(counts: &BTreeMap<String, usize>) -> usize {
    counts.values().sum()
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { sent, acknowledged, not_written, unknown, unknown_there, .. } = self;
        let Self { read, lost, doubled, inverted, belied, .. } = self;
        write!(
            f,
            "{sent} sent: {acknowledged} acknowledged, not written {not_written:?}, unknown {unknown:?} (there: \
             {unknown_there}); {read} read: {lost} lost, {doubled} doubled, {inverted} inverted, \
             {belied} said not written and there"
        )
    }
}
