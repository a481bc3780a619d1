//! Holds every expected message to the contract, and counts the cases by the list that they come from.
//!
//! Reads files only: what rustc says is compared with them by `ui.rs`.

mod cases;
mod message;
mod sources;

use std::path::Path;

use cases::Case;
use sources::{Held, Source};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn every_message_names_the_place_the_rule_and_the_repair() {
    let cases = Case::all(root());
    let faults: Vec<String> = cases.iter().flat_map(message::faults).collect();

    assert!(cases.len() >= 75, "only {} cases", cases.len());
    assert!(faults.is_empty(), "{} faults in messages:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_row_of_every_list_is_answered() {
    let cases = Case::all(root());
    let sources = Source::all(&root().join("SOURCES.md"));
    let faults = sources::faults(&sources, &cases);

    print!("{}", sources::table(&sources, &cases));
    assert!(faults.is_empty(), "{} faults in SOURCES.md:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn lists_are_whole() {
    let sources = Source::all(&root().join("SOURCES.md"));
    let rows = |name: &str| {
        sources.iter().find(|source| source.name == name).map_or(0, |source| source.rows.len())
    };

    assert_eq!(
        ["retrofit", "microprofile", "refit", "feign", "peers"].map(rows),
        [71, 11, 11, 15, 11],
        "rows of the lists as `declarative-clients.md` §3.4, `scenarios.md` §5 and `rust-peers.md` §1.4 have them"
    );
    assert!(
        sources
            .iter()
            .all(|source| source.rows.iter().any(|row| matches!(row.held, Held::Cases(_))))
    );
}
