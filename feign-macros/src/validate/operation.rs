//! Rules for one operation as a whole.

use super::names;
use crate::attrs::{Idempotent, Timeouts};
use crate::duration;
use crate::errors::Errors;
use crate::model::{Argument, Operation, Output, Role, Scope};
use crate::syntax;

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
    names::check_contents(operation, errors);
    check_boundary(operation, errors);
    check_compress(operation, scope, errors);
    check_sensitive(operation, errors);
}

/// A codec of the method's own has something to write or to read, as far as that is known without the
/// types: no argument is the body, and the result is written as `()` or answers HEAD.
pub(crate) fn codec(operation: &Operation<'_>, own: Option<&syn::Path>, errors: &mut Errors) {
    let Some(path) = own else { return };
    let is_content =
        |argument: &Argument<'_>| argument.role.is_content() || argument.role == Role::Unknown;
    let headless = operation.verb.as_ref().is_some_and(|verb| verb.as_str() == "HEAD");
    let nothing = matches!(operation.output, Output::Type(ty) if syntax::is_result_of_unit(ty));
    if (headless || nothing) && !operation.arguments.iter().any(is_content) {
        let others = if headless {
            ", or write another verb"
        } else {
            ", mark an argument `#[body]`, or return what is read"
        };
        errors.add(path, format!("`{}` sends no body and reads none, so no codec can act; take `#[codec]` away{others}", operation.name));
    }
}

/// The content type of parts holds their boundary, which is made for each call.
fn check_boundary(operation: &Operation<'_>, errors: &mut Errors) {
    if operation.arguments.iter().any(|argument| matches!(argument.role, Role::Part { .. })) {
        let rule = "`content-type` holds the boundary between the parts and is made for each call; take it away, or write `feign::Part` for the content type of one part";
        check_header(operation, "content-type", rule, errors);
    }
}

/// What compresses a body says so.
fn check_compress(operation: &Operation<'_>, scope: &Scope<'_>, errors: &mut Errors) {
    let own = operation.settings.compress.as_ref();
    let has_content = operation.arguments.iter().any(|argument| argument.role.is_content());
    if let Some(compress) = own
        && !has_content
        && !operation.arguments.iter().any(|argument| argument.role == Role::Unknown)
    {
        errors.add(&compress.attribute, format!("`{}` has no body to compress; mark an argument `#[body]`, or take `#[compress]` away", operation.name));
    }
    let compress = own.or(scope.trait_settings.compress.as_ref());
    if has_content && compress.is_some_and(|compress| compress.coding.is_some()) {
        let rule = "`content-encoding` is said by `#[compress]`; write one of the two, or `#[compress(none)]` for a body that is compressed already";
        check_header(operation, "content-encoding", rule, errors);
    }
}

/// What is shown nowhere need not be hidden.
fn check_sensitive(operation: &Operation<'_>, errors: &mut Errors) {
    for argument in operation.arguments.iter().filter(|argument| argument.sensitive) {
        let what = match argument.role {
            Role::Part { .. } => "a part is shown nowhere",
            Role::Cookie { .. } => "a cookie is shown nowhere",
            Role::Key => "a key is shown nowhere",
            _ => continue,
        };
        let name = &argument.name;
        errors.add(&argument.ident, format!("{what}, so `#[sensitive]` does nothing for `{name}`; take it away, or write another mark"));
    }
}

/// A header that is ours is written by no attribute and no argument of the method.
fn check_header(operation: &Operation<'_>, name: &str, rule: &str, errors: &mut Errors) {
    for header in operation.settings.headers.iter().filter(|header| header.name == name) {
        errors.add_at(header.span, rule);
    }
    for argument in &operation.arguments {
        if matches!(&argument.role, Role::Header { name: sent } if sent == name) {
            errors.add(&argument.ident, rule);
        }
    }
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
