//! Documents of publishers, before the official parser of AsyncAPI.

mod broken;
mod parser;
mod publishers;
mod valid;

use libtest_mimic::Trial;

use crate::support::{scenes, trials};
use parser::Parser;

pub(crate) fn all() -> Vec<Trial> {
    trials::<Parser>(scenes![
        "asyncapi":
        valid::every_kind_of_method,
        valid::a_document_without_events,
        broken::each_damage_is_found,
    ])
}
