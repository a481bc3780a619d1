//! Eureka servers of Spring Cloud, and around them services and callers of ours and of Spring's.

mod finding;
mod fleet;
mod gate;
mod java_load;
mod leaving;
mod load;
mod outages;
mod protocol;
mod script;
mod server;
mod snapshot;
mod spring;

use libtest_mimic::Trial;

use crate::support::{scenes, trials};
use server::Untouched;
pub(crate) use snapshot::play;

pub(crate) fn all() -> Vec<Trial> {
    trials::<Untouched>(scenes![
        "eureka":
        protocol::every_row,
        protocol::a_lease_lasts_twice_once_renewed,
        protocol::one_that_waits_for_peers_refuses_reads,
        protocol::peers_tell_each_other,
        finding::three_share_calls_evenly,
        finding::an_override_takes_one_out_and_back,
        leaving::one_leaves_and_one_is_killed,
        spring::each_calls_both,
        outages::hanging_for_a_while,
        outages::dead_for_a_while_and_empty_then,
        outages::one_of_two_peers_dies,
        snapshot::a_client_starts_without_a_registry,
    ])
}
