#[cfg(feature = "asyncapi")]
pub mod asyncapi;
mod backend;
mod buffer;
#[cfg(feature = "mock")]
pub mod conformance;
mod error;
mod event;
mod fill;
mod gate;
mod handle;
mod intercept;
mod memory;
mod param;
mod partition;
mod payload;
mod pending;
mod record;
mod spare;
mod stage;
mod topic;
mod transaction;
mod wire;

pub use backend::{Backend, BoxFuture, Capabilities, Enqueue, Left, Order, Ready};
pub use error::{Advice, Error, Kind, Outcome};
pub use event::{CloudEvents, Description, Event, Reach};
pub use gate::{Gate, Limits, Permit};
pub use handle::{Complete, Handle, TypedPublisher};
pub use intercept::{Intercepted, intercepted};
#[cfg(feature = "json")]
pub use memory::Published;
pub use memory::{Delivered, Fault, Memory, MemoryBuilder, Topic};
pub use param::{
    EventHeaderParam, EventHeadersParam, KeyParam, Octets, Pairs, PartitionParam, TimestampParam,
};
pub use partition::{murmur2, partition_of};
pub use pending::{Acknowledge, Pending, Receipt};
pub use record::Record;
pub use stage::{PublishError, Published as Publishes, PublishedEach, Stage};
pub use transaction::{Attempt, Entry, Transaction, transaction};

/// Named here as well, so that rustc's notes name a public path.
#[doc(hidden)]
pub use fill::{
    RecordBuilder, header, headers, key, partition, partition_key, timestamp, topic_value,
};
#[doc(hidden)]
pub use payload::Payload;
#[doc(hidden)]
pub use stage::{PublishFallback, is_published, is_published_each};

/// The error of a method that a fake does not implement.
#[doc(hidden)]
#[must_use]
pub fn unexpected(event: &'static str) -> Error {
    Error::new(Kind::Unexpected).with_reason(format!("this fake does not implement `{event}`"))
}
