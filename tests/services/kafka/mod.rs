//! Apache Kafka: one broker, and three of which two acknowledge.

mod broker;
mod closing;
mod cluster;
mod conformance;
mod events;
mod harness;
mod losses;
mod outage;
mod placing;
mod raw;
mod reader;
mod refusing;
mod transactions;

use std::process::ExitCode;

use libtest_mimic::Trial;

use crate::support::{scenes, trials};
use cluster::{One, Three};

/// Plays a role of a scene, if the arguments name one.
pub(crate) fn play(arguments: impl IntoIterator<Item = String> + Clone) -> Option<ExitCode> {
    closing::play(arguments.clone()).or_else(|| transactions::play(arguments))
}

pub(crate) fn all() -> Vec<Trial> {
    let one = trials::<One>(scenes![
        "kafka":
        conformance::it_keeps_what_every_backend_keeps,
        outage::callers_wait_while_the_only_broker_is_away,
        placing::keys_go_where_the_java_client_puts_them,
        refusing::an_unknown_topic_is_told_in_time,
        refusing::a_deleted_topic_is_told_in_time,
        refusing::one_that_is_too_large_is_told_at_once,
        refusing::one_that_is_too_large_fails_alone_in_its_batch,
        refusing::a_delivery_timeout_of_five_seconds_is_five_seconds,
        closing::closing_sends_what_is_in_line,
        closing::closing_without_a_broker_counts_what_is_left,
        closing::a_process_that_is_told_to_end_loses_nothing,
        transactions::what_is_committed_is_seen_and_what_is_aborted_is_not,
        transactions::a_second_instance_fences_the_first,
        transactions::a_crash_before_the_commit_leaves_nothing,
        outage::what_is_said_of_events_that_failed_is_true,
    ]);
    let three = trials::<Three>(scenes![
        "kafka":
        losses::acknowledged_events_outlive_killed_leaders,
        losses::acknowledged_events_outlive_frozen_leaders,
        losses::what_is_said_while_leaders_hang_is_true,
        transactions::transactions_are_whole_while_brokers_die,
        losses::the_control_with_one_acknowledgement_loses_some,
    ]);
    one.into_iter().chain(three).collect()
}
