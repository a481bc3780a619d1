//! From librdkafka's errors to ours.

use feign_core::publish::{Error, Kind, Outcome};
use rdkafka::error::{KafkaError, RDKafkaErrorCode as Code};

/// Says what an error means, where `may_be_written` is what librdkafka says of the message.
pub(crate) fn of(error: &KafkaError, may_be_written: bool) -> Error {
    let kind = match error {
        KafkaError::ClientConfig(_, description, key, value) => {
            let reason = format!("`{key}` cannot be `{value}`: {description}");
            return Error::new(Kind::Settings).with_reason(reason);
        }
        KafkaError::ClientCreation(reason) => {
            return Error::new(Kind::Settings).with_reason(reason.clone());
        }
        error => error.rdkafka_error_code().map_or(Kind::Transport, kind),
    };
    let outcome =
        if may_be_written && !never_written(kind) { Outcome::Unknown } else { Outcome::NotWritten };
    Error::new(kind).with_outcome(outcome).with_source(error.clone())
}

fn kind(code: Code) -> Kind {
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
        Code::PurgeQueue | Code::PurgeInflight => Kind::Closed,
        Code::Fenced | Code::ProducerFenced => Kind::Fenced,
        Code::Fatal => Kind::Fatal,
        Code::BrokerTransportFailure | Code::AllBrokersDown | Code::Resolve => Kind::Transport,
        _ => Kind::Rejected,
    }
}

/// A batch over the limit is refused as a whole, and nothing of it is written.
const fn never_written(kind: Kind) -> bool {
    matches!(kind, Kind::TooLarge | Kind::Unroutable | Kind::Denied | Kind::Backpressure)
}
