//! Publishes the events of [feign](https://docs.rs/feign) to Apache Kafka, so that an acknowledged event is
//! never lost and an unacknowledged one says whether it may have been written.
//!
//! ```no_run
//! use feign::publish::{Error, Receipt};
//! use feign_kafka::Kafka;
//!
//! #[feign::publisher]
//! trait OrderEvents {
//!     #[topic("orders.created.v1")]
//!     async fn created(&self, #[key] id: &str, #[body] event: &str) -> Result<Receipt, Error>;
//! }
//!
//! # async fn publish() -> Result<(), Box<dyn std::error::Error>> {
//! let kafka = Kafka::connect("localhost:9092").await?;
//! let events = OrderEventsPublisher::new(&kafka);
//! events.created("42", "{}").await?;
//! kafka.close(std::time::Duration::from_secs(10)).await?;       // the only way out that loses nothing
//! # Ok(()) }
//! ```
#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr))]

mod builder;
mod context;
mod error;
mod kafka;
mod partitions;
mod ready;
mod settings;
mod transaction;

pub use builder::KafkaBuilder;
pub use kafka::Kafka;
/// The client that this stands on, for consumers of yours: a process holds one version of it, since it links a C library.
pub use rdkafka;
pub use transaction::Transactions;
