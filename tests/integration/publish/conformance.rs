//! The broker in memory keeps what every backend keeps.

use feign::publish::conformance::{Subject, run};
use feign::publish::{Backend, Memory, Record};

struct InMemory(Memory);

impl Subject for InMemory {
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
        let placed = |delivered: feign::publish::Delivered| {
            let partition = delivered.receipt.partition.unwrap_or_default();
            delivered.record.with_partition(partition)
        };
        self.0.records("orders").into_iter().map(placed).collect()
    }
}

#[tokio::test]
async fn memory_keeps_what_every_backend_keeps() {
    run(InMemory(Memory::new().with_topic("orders", 4))).await;
    // Through a full line as well.
    run(InMemory(Memory::builder().max_in_flight(10).build().with_topic("orders", 4))).await;
}
