//! From librdkafka's errors to ours.

use feign_core::publish::{Error, Kind, Outcome};
use rdkafka::error::{KafkaError, RDKafkaErrorCode as Code};
use rdkafka::producer::{Producer as _, PurgeConfig};

use crate::kafka::Producer;

/// Says what an error means, where `may_be_written` is what librdkafka says of the message.
pub(crate) fn of(error: &KafkaError, may_be_written: bool) -> Error {
    let kind = match error {
        KafkaError::ClientConfig(_, description, key, value) => {
            let value = if is_secret(key) { "***" } else { value };
            let reason = format!("`{key}` cannot be `{value}`: {description}");
            return Error::new(Kind::Settings).with_reason(reason);
        }
        KafkaError::ClientCreation(reason) => {
            return Error::new(Kind::Settings).with_reason(reason.clone());
        }
        error => error.rdkafka_error_code().map_or(Kind::Transport, kind),
    };
    let outcome = if may_be_written { Outcome::Unknown } else { Outcome::NotWritten };
    Error::new(kind).with_outcome(outcome).with_source(error.clone())
}

/// Refused at the door of librdkafka: nothing was sent.
pub(crate) fn refused(failure: &KafkaError, producer: &Producer, topic: &str) -> Error {
    let error = match (fatal(producer), failure) {
        (Some((kind, reason)), _) => {
            // It purges itself once, and what came at the same time would wait until its time is over.
            producer.purge(PurgeConfig::default().queue().non_blocking());
            Error::new(kind).with_reason(reason)
        }
        (None, KafkaError::Nul(_)) => Error::new(Kind::Invalid).with_reason("a NUL in the topic"),
        (None, failure) => of(failure, false),
    };
    error.with_outcome(Outcome::NotWritten).with_topic(topic)
}

/// Why a producer cannot go on, if it cannot.
pub(crate) fn fatal(producer: &Producer) -> Option<(Kind, String)> {
    let (code, reason) = producer.client().fatal_error()?;
    let kind = match kind(code) {
        Kind::Fenced => Kind::Fenced,
        _ => Kind::Fatal,
    };
    Some((kind, format!("{reason}; `rebuild` makes the producer anew")))
}

pub(crate) fn kind(code: Code) -> Kind {
    match code {
        Code::MessageTimedOut | Code::RequestTimedOut | Code::OperationTimedOut => Kind::TimedOut,
        Code::QueueFull => Kind::Backpressure,
        Code::UnknownTopic
        | Code::UnknownTopicOrPartition
        | Code::UnknownPartition
        | Code::InvalidTopic
        | Code::UnknownTopicId => Kind::Unroutable,
        Code::TopicAuthorizationFailed
        | Code::ClusterAuthorizationFailed
        | Code::TransactionalIdAuthorizationFailed
        | Code::SaslAuthenticationFailed
        | Code::Authentication => Kind::Denied,
        Code::MessageSizeTooLarge | Code::MessageBatchTooLarge => Kind::TooLarge,
        // No second try makes it another record.
        Code::InvalidRecord | Code::InvalidTimestamp | Code::PolicyViolation => Kind::Invalid,
        Code::PurgeQueue | Code::PurgeInflight => Kind::Closed,
        Code::Fenced | Code::ProducerFenced => Kind::Fenced,
        // Of an idempotent producer these are told only where it cannot recover.
        Code::Fatal
        | Code::OutOfOrderSequenceNumber
        | Code::UnknownProducerId
        | Code::Inconsistent
        | Code::GaplessGuarantee => Kind::Fatal,
        Code::BrokerTransportFailure | Code::AllBrokersDown | Code::Resolve => Kind::Transport,
        _ => Kind::Rejected,
    }
}

/// Whether the value of a setting is shown to nobody.
pub(crate) fn is_secret(key: &str) -> bool {
    ["password", "secret", "pem", "jaas", "oauthbearer"].iter().any(|word| key.contains(word))
}
