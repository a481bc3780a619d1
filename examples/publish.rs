//! Publishes typed events; here to a broker in memory, so it runs anywhere.

use std::time::Duration;

use feign::publish::{Error, Fault, Memory, Outcome, Pending, Receipt, Record};
use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
struct OrderCreated {
    id: String,
    total: u32,
}

#[feign::publisher]
trait OrderEvents {
    /// Returns when the broker has it.
    #[topic("orders.created.v1")]
    async fn created(
        &self,
        #[key] id: &str,
        #[body] event: &OrderCreated,
    ) -> Result<Receipt, Error>;

    /// Returns when it is in line.
    #[topic("orders.created.v1")]
    async fn created_later(
        &self,
        #[key] id: &str,
        #[body] event: &OrderCreated,
    ) -> Result<Pending, Error>;

    /// Only encodes, as for the outbox table of a service.
    #[topic("orders.created.v1")]
    async fn created_record(
        &self,
        #[key] id: &str,
        #[body] event: &OrderCreated,
    ) -> Result<Record, Error>;
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let backend = Memory::new().with_topic("orders.created.v1", 3);
    let events = OrderEventsPublisher::new(&backend);
    let order = |id: &str| OrderCreated { id: id.to_owned(), total: 7 };

    let receipt = events.created("A-1", &order("A-1")).await?;
    println!("A-1 is at offset {:?} of partition {:?}", receipt.offset, receipt.partition);

    // In line one after the other, and awaited together.
    let first = events.created_later("A-2", &order("A-2")).await?;
    let second = events.created_later("A-2", &order("A-2")).await?;
    println!("A-2 is at offsets {:?} and {:?}", first.await?.offset, second.await?.offset);

    // A row of an outbox: written with the order, sent later by a relay.
    let record = events.created_record("A-3", &order("A-3")).await?;
    let row = serde_json::to_string(&record)?;
    backend.send(serde_json::from_str(&row)?).await?;
    println!("A-3 went through the row {row}");

    // An error says whether the event may be there all the same.
    backend.fail_next(Fault::LoseAcknowledgement);
    let error =
        events.created("A-4", &order("A-4")).await.err().ok_or("the acknowledgement was lost")?;
    assert_eq!(error.outcome(), Outcome::Unknown);
    println!("{error}; what is safe: {:?}", error.advice());

    backend.close(Duration::from_secs(1)).await?;
    println!("{} events are there", backend.published::<OrderCreated>("orders.created.v1").len());
    Ok(())
}
