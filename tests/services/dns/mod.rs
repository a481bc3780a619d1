//! Services found by DNS, against knot: records change while calls flow.

mod faults;
mod instance;
mod load;
mod records;
mod server;

use libtest_mimic::Trial;

use crate::support::{scenes, trials};
use server::Knot;

pub(crate) fn all() -> Vec<Trial> {
    trials::<Knot>(scenes![
        "dns":
        records::addresses_come_and_go,
        records::services_come_go_and_move,
        records::more_than_fits_in_udp,
        faults::a_name_server_stopped_for_a_while,
        faults::a_name_gone_for_a_while,
        faults::a_name_that_comes_later,
    ])
}
