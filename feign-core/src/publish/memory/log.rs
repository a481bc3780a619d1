//! The records of one topic.

use std::collections::VecDeque;
use std::task::Waker;
use std::time::SystemTime;

use super::topic::Delivered;
use crate::publish::error::{Error, Kind};
use crate::publish::param::TimestampParam as _;
use crate::publish::partition::partition_of;
use crate::publish::pending::Receipt;
use crate::publish::record::Record;

pub(super) struct Log {
    /// What readers see, in the order in which they could see it.
    records: Vec<Delivered>,
    partitions: Vec<Partition>,
    /// Where the next record without a key goes.
    next: usize,
    readers: Vec<Waker>,
}

#[derive(Default)]
struct Partition {
    offset: i64,
    /// From the first record of an open transaction on: as with `read_committed`, what stands behind it waits.
    line: VecDeque<(Option<u64>, Delivered)>,
}

impl Log {
    pub(super) fn new(partitions: i32) -> Self {
        let count = usize::try_from(partitions).unwrap_or(1);
        let partitions = std::iter::repeat_with(Partition::default).take(count).collect();
        Self { records: Vec::new(), partitions, next: 0, readers: Vec::new() }
    }

    pub(super) fn check(&self, record: &Record) -> Result<(), Error> {
        let unknown = record.partition().filter(|partition| *partition >= self.count());
        match unknown {
            None => Ok(()),
            Some(partition) => Err(record.error(Kind::Unroutable).with_reason(format!(
                "there is no partition {partition}, as there are {}",
                self.count()
            ))),
        }
    }

    fn count(&self) -> i32 {
        i32::try_from(self.partitions.len()).unwrap_or(i32::MAX)
    }

    fn partition(&mut self, record: &Record) -> usize {
        let chosen = record
            .partition()
            .or_else(|| record.partition_key().map(|key| partition_of(key, self.count())));
        chosen.and_then(|partition| usize::try_from(partition).ok()).unwrap_or_else(|| {
            self.next = (self.next + 1) % self.partitions.len();
            self.next
        })
    }

    /// Writes a record, which is seen when its transaction is committed, or at once where it has none.
    pub(super) fn append(&mut self, record: Record, transaction: Option<u64>) -> Receipt {
        let number = self.partition(&record);
        let millis = record.timestamp().or_else(|| SystemTime::now().millis()).unwrap_or_default();
        let mut receipt =
            Receipt::at(i32::try_from(number).unwrap_or_default(), 0).with_timestamp(millis);
        if let Some(partition) = self.partitions.get_mut(number) {
            receipt.offset = Some(partition.offset);
            partition.offset += 1;
            partition.line.push_back((transaction, Delivered { record, receipt }));
        }
        self.show();
        receipt
    }

    /// Ends a transaction: its records are seen, or never.
    pub(super) fn end(&mut self, transaction: u64, committed: bool) {
        for partition in &mut self.partitions {
            partition.line.retain_mut(|(open, _)| {
                let ended = *open == Some(transaction);
                if ended {
                    *open = None;
                }
                committed || !ended
            });
        }
        self.show();
    }

    fn show(&mut self) {
        for Partition { line, .. } in &mut self.partitions {
            let free = line.iter().take_while(|(open, _)| open.is_none()).count();
            self.records.extend(line.drain(..free).map(|(_, delivered)| delivered));
        }
        self.readers.drain(..).for_each(Waker::wake);
    }

    pub(super) fn all(&self) -> Vec<Delivered> {
        self.records.clone()
    }

    /// Returns a record, or remembers who waits for it.
    pub(super) fn at(&mut self, index: usize, waker: &Waker) -> Option<Delivered> {
        let record = self.records.get(index).cloned();
        if record.is_none() && !self.readers.iter().any(|reader| reader.will_wake(waker)) {
            self.readers.push(waker.clone());
        }
        record
    }
}
