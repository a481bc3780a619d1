//! Apache Kafka: one broker, and three of which two acknowledge.

mod broker;
mod cluster;
mod events;
mod harness;
mod losses;
mod raw;
mod reader;

use libtest_mimic::Trial;

use crate::support::{scenes, trials};
use cluster::{One, Three};

pub(crate) fn all() -> Vec<Trial> {
    let mut all = trials::<Three>(scenes![
        "kafka":
        losses::acknowledged_events_outlive_killed_leaders,
        losses::acknowledged_events_outlive_frozen_leaders,
        losses::the_control_with_one_acknowledgement_loses_some,
    ]);
    all
}
