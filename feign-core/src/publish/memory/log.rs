//! The records of one topic.

use std::task::Waker;
use std::time::SystemTime;

use super::topic::Delivered;
use crate::publish::error::{Error, Kind};
use crate::publish::param::TimestampParam as _;
use crate::publish::partition::partition_of;
use crate::publish::pending::Receipt;
use crate::publish::record::Record;

pub(super) struct Log {
    /// In the order in which they came; offsets count per partition.
    records: Vec<Delivered>,
    offsets: Vec<i64>,
    /// Where the next record without a key goes.
    next: usize,
    readers: Vec<Waker>,
}

impl Log {
    pub(super) fn new(partitions: i32) -> Self {
        let count = usize::try_from(partitions).unwrap_or(1);
        Self { records: Vec::new(), offsets: vec![0; count], next: 0, readers: Vec::new() }
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
        i32::try_from(self.offsets.len()).unwrap_or(i32::MAX)
    }

    fn partition(&mut self, record: &Record) -> usize {
        let chosen = record
            .partition()
            .or_else(|| record.partition_key().map(|key| partition_of(key, self.count())));
        chosen.and_then(|partition| usize::try_from(partition).ok()).unwrap_or_else(|| {
            self.next = (self.next + 1) % self.offsets.len();
            self.next
        })
    }

    pub(super) fn append(&mut self, record: Record) -> Receipt {
        let partition = self.partition(&record);
        let mut offset = 0;
        if let Some(next) = self.offsets.get_mut(partition) {
            offset = *next;
            *next += 1;
        }
        let millis = record.timestamp().or_else(|| SystemTime::now().millis()).unwrap_or_default();
        let receipt = Receipt::at(i32::try_from(partition).unwrap_or_default(), offset)
            .with_timestamp(millis);
        self.records.push(Delivered { record, receipt });
        self.readers.drain(..).for_each(Waker::wake);
        receipt
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
