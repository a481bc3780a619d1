//! What librdkafka's errors mean within a transaction.

use std::time::Duration;

use feign_core::publish::{Error, Kind, Outcome};
use rdkafka::error::{KafkaError, RDKafkaErrorCode as Code};
use rdkafka::message::{BorrowedMessage, Message as _};

use crate::error;

/// Of an event: the transaction will not commit, so nobody reads it.
pub(super) fn of_event(error: &KafkaError, message: &BorrowedMessage<'_>) -> Error {
    of(error).with_topic(message.topic())
}

/// Of an event that was refused at the door.
pub(super) fn refused(error: &KafkaError, fatal: Option<(Code, String)>) -> Error {
    match (fatal, error) {
        (Some((code, reason)), _) => {
            let kind = if is_fence(code) { Kind::Fenced } else { Kind::Fatal };
            not_written(kind).with_reason(reason)
        }
        (None, KafkaError::Nul(_)) => not_written(Kind::Invalid).with_reason("a NUL in the topic"),
        // An event in front of it failed.
        (None, error) if error.rdkafka_error_code() == Some(Code::State) => {
            not_written(Kind::Aborted).with_source(error.clone())
        }
        (None, error) => of(error),
    }
}

/// Of `init_transactions`, which is the first time that a broker sees the transactional id.
pub(super) fn of_init(error: &KafkaError, id: &str, timeout: Duration) -> Error {
    if error.rdkafka_error_code() == Some(Code::InvalidTransactionTimeout) {
        return not_written(Kind::Settings).with_reason(format!(
            "the broker allows no transaction of {timeout:?} (`transaction.max.timeout.ms`)"
        ));
    }
    let of =
        if is_fenced(error) { fenced(id, timeout) } else { of(error).with_reason(said(error)) };
    of.with_outcome(Outcome::NotWritten)
}

/// Of a producer that is of no use any more.
pub(super) fn fatal(error: &KafkaError, id: &str, timeout: Duration) -> Error {
    if is_fenced(error) {
        return fenced(id, timeout).with_source(error.clone());
    }
    let reason = format!("{}; a new producer takes its place", said(error));
    Error::new(Kind::Fatal).with_reason(reason).with_source(error.clone())
}

pub(super) fn said(error: &KafkaError) -> String {
    match error {
        KafkaError::Transaction(error) => error.string(),
        error => error.to_string(),
    }
}

fn of(failure: &KafkaError) -> Error {
    let kind = match failure.rdkafka_error_code() {
        Some(Code::PurgeQueue | Code::PurgeInflight) => Kind::Aborted,
        Some(code) if is_fence(code) => Kind::Fenced,
        _ => return error::of(failure, false),
    };
    not_written(kind).with_source(failure.clone())
}

fn not_written(kind: Kind) -> Error {
    Error::new(kind).with_outcome(Outcome::NotWritten)
}

fn fenced(id: &str, timeout: Duration) -> Error {
    Error::new(Kind::Fenced).with_reason(format!(
        "only one running instance may use the transactional id `{id}`, and a transaction may take {timeout:?}; \
         a new producer takes its place"
    ))
}

fn is_fenced(error: &KafkaError) -> bool {
    error.rdkafka_error_code().is_some_and(is_fence)
}

const fn is_fence(code: Code) -> bool {
    matches!(code, Code::Fenced | Code::ProducerFenced | Code::InvalidProducerEpoch)
}
