//! What was expected and what came, as a person reads it.

use std::fmt::{self, Write as _};

use super::rule::Compared;
use super::table::{Call, Entry};

/// What a [`Mock`](super::Mock) expected and what came instead: each unexpected call with the nearest route
/// and what differs, each route that was not called often enough, and then every call that came.
///
/// ```text
/// the calls are not those that the mock expects:
///
/// 1. unexpected call: POST /items/B-2/reservations (Inventory.reserve)
///    nearest route: Inventory.reserve (POST /items/{sku}/reservations), said at tests/shop.rs:12
///      path `sku`: expected "A-1", got "B-2"
///      body `/pieces`: expected 2, got 3
///
/// 2. Inventory.reserve (POST /items/{sku}/reservations), said at tests/shop.rs:12
///      expected exactly 1 call, got 0
///
/// what came, in its order:
///    GET /items/B-2 (Inventory.item)
///    POST /items/B-2/reservations (Inventory.reserve), unexpected
/// ```
///
/// Headers that hold credentials are named without their values.
pub struct Mismatch(String);

/// How many calls are listed.
const SHOWN: usize = 50;

/// Compares what was expected with what came.
pub(super) fn find(entries: &[Entry], calls: &[Call]) -> Result<(), Mismatch> {
    let unexpected = calls.iter().filter_map(|call| call.unexpected.clone());
    let missing = entries.iter().filter(|entry| entry.calls < entry.rule.count.least);
    let missing = missing
        .map(|Entry { rule, calls, .. }| format!("{rule}\n  expected {}, got {calls}", rule.count));
    let problems: Vec<_> = unexpected.chain(missing).collect();
    if problems.is_empty() {
        return Ok(());
    }
    let mut text = "the calls are not those that the mock expects:\n".to_owned();
    for (at, problem) in problems.iter().enumerate() {
        let _ = write!(text, "\n{}. {}\n", at + 1, problem.replace('\n', "\n   "));
    }
    text.push_str(if calls.is_empty() { "\nno call came" } else { "\nwhat came, in its order:" });
    for call in calls.iter().take(SHOWN) {
        let mark = if call.unexpected.is_some() { ", unexpected" } else { "" };
        let _ = write!(text, "\n   {}{mark}", call.shown);
    }
    if calls.len() > SHOWN {
        let _ = write!(text, "\n   and {} more", calls.len() - SHOWN);
    }
    Err(Mismatch(text))
}

/// Names the route that was nearest to a request, and what differs.
pub(super) fn nearest(entries: &[Entry], compared: &[Compared]) -> String {
    let routes = entries.iter().zip(compared);
    let nearest = routes.min_by_key(|(_, compared)| (compared.distance, compared.lines.len()));
    let Some((Entry { rule, .. }, compared)) = nearest else {
        return "the mock has no route".to_owned();
    };
    let mut text = format!("nearest route: {rule}");
    for line in &compared.lines {
        let _ = write!(text, "\n  {line}");
    }
    if compared.fits() {
        let _ = write!(text, "\n  calls: expected {}, this is one more", rule.count);
    }
    text
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// As `Display`: `unwrap` shows it.
impl fmt::Debug for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Mismatch {}
