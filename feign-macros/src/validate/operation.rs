//! Rules for one operation as a whole.

use super::names;
use crate::attrs::{Idempotent, Timeouts};
use crate::duration;
use crate::errors::Errors;
use crate::model::{Operation, Scope};

/// Inherent functions of the client, which would hide a method of that name.
const RESERVED: [&str; 2] = ["at", "with"];

pub(crate) fn operation(
    operation: &Operation<'_>,
    idempotent: Option<&Idempotent>,
    scope: &Scope<'_>,
    errors: &mut Errors,
) {
    check_reserved(operation, errors);
    check_idempotent(operation, idempotent, errors);
    check_timeouts(operation, scope, errors);
    check_key_header(operation, idempotent, errors);
    names::check_query(operation, scope, errors);
    names::check_headers(operation, errors);
    names::check_cookies(operation, errors);
}

fn check_reserved(operation: &Operation<'_>, errors: &mut Errors) {
    if RESERVED.contains(&operation.name.as_str()) {
        let name = &operation.name;
        errors.add(&operation.method.original.sig.ident, format!("`{name}` is a function of every generated client and would hide this method; write another name, as `{name}_item`"));
    }
}

/// What is idempotent by its verb need not be said.
fn check_idempotent(
    operation: &Operation<'_>,
    idempotent: Option<&Idempotent>,
    errors: &mut Errors,
) {
    let (Some(idempotent), Some(verb)) = (idempotent, &operation.verb) else { return };
    if idempotent.key.is_none() && verb.is_idempotent() {
        errors.add_at(idempotent.span, format!("{} is idempotent already, so this does nothing; take it away, or write `#[idempotent(key = \"idempotency-key\")]` to send a key", verb.as_str()));
    }
}

/// An attempt is a part of the call.
fn check_timeouts(operation: &Operation<'_>, scope: &Scope<'_>, errors: &mut Errors) {
    let Some(own) = &operation.settings.timeouts else { return };
    let all =
        scope.trait_settings.timeouts.as_ref().map_or_else(|| own.clone(), |base| own.or(base));
    timeouts(&all, own, errors);
}

/// Says whether an attempt may take longer than the call; `own` is where it is said.
pub(super) fn timeouts(all: &Timeouts, own: &Timeouts, errors: &mut Errors) {
    let (Some(total), Some(attempt)) = (all.total, all.attempt) else { return };
    if attempt.nanos <= total.nanos {
        return;
    }
    let span = own.attempt.or(own.total).map_or(attempt.span, |limit| limit.span);
    let (attempt, total) = (duration::show(attempt.nanos), duration::show(total.nanos));
    errors.add_at(span, format!("one attempt may take {attempt} and the whole call only {total}, so the attempt's limit never acts; write a shorter `attempt`, or a longer total"));
}

/// A key and a static header do not share a name.
fn check_key_header(
    operation: &Operation<'_>,
    idempotent: Option<&Idempotent>,
    errors: &mut Errors,
) {
    let Some(key) = idempotent.and_then(|idempotent| idempotent.key.as_deref()) else { return };
    for header in operation.settings.headers.iter().filter(|header| header.name == key) {
        errors.add_at(header.span, format!("the header `{key}` is made by `#[idempotent(key = ..)]`, one for each call; write it in one of the two places"));
    }
}
