//! Encoded only: the door of an outbox.

use feign::publish::{Error, Memory, Record};

use super::Created;

#[feign::publisher]
trait Events {
    #[topic("orders")]
    async fn created(
        &self,
        #[key] id: &[u8],
        #[header("odd")] odd: &[u8],
        #[body] event: &Created,
    ) -> Result<Record, Error>;
}

#[tokio::test]
async fn a_record_outlives_a_table_and_is_sent_later() {
    let memory = Memory::new().with_topic("orders", 3);
    let events = EventsPublisher::new(&memory);
    let record = events.created(b"k\0", &[0xff], &Created::new("1", 1)).await.expect("encoded");
    assert!(memory.records("orders").is_empty());
    let row = serde_json::to_string(&record).expect("a row");
    assert!(row.contains(r#""odd","base64:/w==""#), "{row}");
    let kept: Record = serde_json::from_str(&row).expect("a record");
    assert_eq!(kept, record);
    let packed = rmp_serde::to_vec_named(&record).expect("a row");
    assert_eq!(rmp_serde::from_slice::<Record>(&packed).expect("a record"), record);
    // Without names too, where nothing is left out.
    for record in [record.clone(), Record::new("orders").with_partition(2).with_timestamp(7)] {
        let packed = rmp_serde::to_vec(&record).expect("a row");
        assert_eq!(rmp_serde::from_slice::<Record>(&packed).expect("a record"), record);
    }
    memory.send(kept).await.expect("sent");
    assert_eq!(memory.records("orders")[0].record, record);
    assert!(serde_json::from_str::<Record>(r#"{"topic":"a b"}"#).is_err());
}
