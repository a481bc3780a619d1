//! Publishes to Apache Kafka and reads back: `cargo run -p feign-kafka --example kafka -- localhost:9092 orders`.
//! The topic has to be there.

use std::time::Duration;

use feign::publish::{Error, Receipt};
use feign_kafka::Kafka;
use rdkafka::ClientConfig;
use rdkafka::consumer::{BaseConsumer, Consumer as _};
use rdkafka::message::Message as _;

#[feign::publisher(settings(topic))]
trait OrderEvents {
    #[topic("{topic}")]
    async fn created(&self, #[key] id: &str, #[body] event: &str) -> Result<Receipt, Error>;
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(servers), Some(topic)) = (arguments.next(), arguments.next()) else {
        return Err("write the address of a broker and the name of a topic".into());
    };
    let kafka = Kafka::connect(&servers).await?;
    for reason in kafka.ready(&[&topic]).await?.unsafe_because {
        println!("not safe: {reason}");
    }
    let events = OrderEventsPublisher::with_settings(&kafka, [("topic", &topic)])?;
    let receipt = events.created("A-1", "made").await?;
    println!("offset {:?} of partition {:?}", receipt.offset, receipt.partition);
    // The way out that loses nothing.
    kafka.close(Duration::from_secs(10)).await?;
    tokio::task::spawn_blocking(move || read(&servers, &topic)).await??;
    Ok(())
}

/// Reading is rdkafka's own: `read_committed` hides what a transaction has not committed.
fn read(servers: &str, topic: &str) -> Result<(), rdkafka::error::KafkaError> {
    let consumer: BaseConsumer = ClientConfig::new()
        .set("bootstrap.servers", servers)
        .set("group.id", "example")
        .set("auto.offset.reset", "earliest")
        .set("isolation.level", "read_committed")
        .create()?;
    consumer.subscribe(&[topic])?;
    // A poll also comes back without a message, as when partitions are given out.
    for _ in 0..100 {
        let Some(message) = consumer.poll(Duration::from_millis(100)).transpose()? else {
            continue;
        };
        println!("read {:?}", message.payload().map(String::from_utf8_lossy));
        return Ok(());
    }
    println!("read nothing");
    Ok(())
}
