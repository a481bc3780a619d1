//! Several events in one call: one outcome each.

use feign::publish::{Error, Fault, Kind, Memory, Pending, Receipt, Record};

use super::Created;

#[feign::publisher]
trait Bulk {
    #[topic("bulk")]
    async fn many(
        &self,
        #[body(each, key = Created::id)] events: &[Created],
    ) -> Vec<Result<Receipt, Error>>;

    #[topic("bulk")]
    async fn line(
        &self,
        #[key] id: &str,
        #[body(each)] events: &[Created],
    ) -> Vec<Result<Pending, Error>>;

    #[topic("bulk")]
    async fn records(
        &self,
        #[body(each, key = Created::id)] events: Vec<Created>,
    ) -> Vec<Result<Record, Error>>;
}

fn three() -> Vec<Created> {
    ["a", "b", "c"].iter().zip(1..).map(|(id, total)| Created::new(id, total)).collect()
}

#[tokio::test]
async fn each_item_has_its_own_outcome() {
    let memory = Memory::new().with_topic("bulk", 1);
    let bulk = BulkPublisher::new(&memory);
    memory.fail_next(Fault::Fail(Kind::Rejected));
    let outcomes = bulk.many(&three()).await;
    let kinds: Vec<_> =
        outcomes.iter().map(|outcome| outcome.as_ref().err().map(Error::kind)).collect();
    assert_eq!(kinds, [Some(Kind::Rejected), None, None]);
    let keys: Vec<_> =
        memory.records("bulk").iter().map(|found| found.record.key().map(<[u8]>::to_vec)).collect();
    assert_eq!(keys, [Some(b"b".to_vec()), Some(b"c".to_vec())]);
}

#[tokio::test]
async fn all_are_in_line_before_the_first_is_awaited() {
    let memory = Memory::new().with_topic("bulk", 1);
    let bulk = BulkPublisher::new(&memory);
    memory.pause();
    let pending = bulk.line("k", &three()).await;
    assert_eq!(memory.in_flight(), 3);
    memory.resume();
    for (at, pending) in pending.into_iter().enumerate() {
        let receipt = pending.expect("in line").await.expect("acknowledged");
        assert_eq!(receipt.offset, Some(at as i64));
    }
    assert_eq!(memory.in_flight(), 0);
    assert_eq!(bulk.records(three()).await.len(), 3);
    assert_eq!(memory.records("bulk").len(), 3);
}
