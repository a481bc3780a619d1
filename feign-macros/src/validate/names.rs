//! Rules for names on the wire: each is sent once.

use crate::errors::Errors;
use crate::model::{Argument, Operation, Role, Scope};
use crate::template::{Part, encode_name};

/// The same query parameter is not written by two places.
pub(super) fn check_query(operation: &Operation<'_>, scope: &Scope<'_>, errors: &mut Errors) {
    let mut seen: Vec<String> = Vec::new();
    for name in template_names(operation) {
        if seen.contains(&name) {
            let message = format!(
                "the query parameter `{name}` is in the template twice; write it once, `{{?{name}*}}` for a list"
            );
            match &operation.path {
                Some(path) => errors.add(path, message),
                None => errors.add(&operation.method.original.sig.ident, message),
            }
        } else {
            seen.push(name);
        }
    }
    for argument in &operation.arguments {
        let Role::Query { name, .. } = &argument.role else { continue };
        let sent = encode_name(name);
        if seen.contains(&sent) {
            let renamed = if scope.rename_all.is_some() && argument.name != *name {
                " (after `rename_all`)"
            } else {
                ""
            };
            errors.add(&argument.ident, format!("the query parameter `{name}` of `{}`{renamed} is written already; write another name, `#[query(\"name\")]`, or one argument that is a list", argument.name));
        } else {
            seen.push(sent);
        }
    }
}

/// Names that the template writes: of literals, and of expressions that name their values.
fn template_names(operation: &Operation<'_>) -> Vec<String> {
    let Some(template) = &operation.template else { return Vec::new() };
    let mut names = Vec::new();
    for query in &template.queries {
        // What follows an expression without an operator belongs to its value.
        let mut within = false;
        for part in query {
            match part {
                Part::Literal(text) => {
                    let mut pieces = text.split('&');
                    if within {
                        pieces.next();
                    }
                    let keys = pieces.map(|piece| piece.split('=').next().unwrap_or_default());
                    names.extend(keys.filter(|key| !key.is_empty()).map(str::to_owned));
                }
                Part::Expression(expression) => {
                    within = !expression.operator.is_query();
                    if !within {
                        names.extend(
                            expression.variables.iter().map(|variable| variable.name.clone()),
                        );
                    }
                }
            }
        }
    }
    names
}

/// The same field or part is not written by two arguments.
pub(super) fn check_contents(operation: &Operation<'_>, errors: &mut Errors) {
    let mut seen: Vec<&str> = Vec::new();
    for argument in &operation.arguments {
        let (what, mark, name) = match &argument.role {
            Role::Form { name, .. } => ("field", "form", name.as_str()),
            Role::Part { name, .. } => ("part", "part", name.as_str()),
            _ => continue,
        };
        if seen.contains(&name) {
            errors.add(&argument.ident, format!("the {what} `{name}` is written by another argument already; write another name, `#[{mark}(\"name\")]`, or one argument that is a list"));
        }
        seen.push(name);
    }
}

/// The same header or cookie is not written by two arguments.
pub(super) fn check_headers(operation: &Operation<'_>, errors: &mut Errors) {
    let mut seen: Vec<(&str, &str)> = Vec::new();
    for argument in &operation.arguments {
        let (kind, name) = match &argument.role {
            Role::Header { name } => ("header", name.as_str()),
            Role::Cookie { name } => ("cookie", name.as_str()),
            _ => continue,
        };
        if seen.contains(&(kind, name)) {
            errors.add(&argument.ident, format!("the {kind} `{name}` is written by another argument already; write another name, `#[{kind}(\"name\")]`"));
        } else {
            seen.push((kind, name));
        }
        check_key(operation, argument, kind, name, errors);
    }
}

/// `#[cookie]` writes the header of all cookies.
pub(super) fn check_cookies(operation: &Operation<'_>, errors: &mut Errors) {
    let is_cookie = |argument: &&Argument<'_>| matches!(argument.role, Role::Cookie { .. });
    if !operation.arguments.iter().any(|argument| is_cookie(&argument)) {
        return;
    }
    let message = "the header `cookie` is written by the arguments marked `#[cookie]`; mark this cookie so, too";
    for header in operation.settings.headers.iter().filter(|header| header.name == "cookie") {
        errors.add_at(header.span, message);
    }
    for argument in &operation.arguments {
        if matches!(&argument.role, Role::Header { name } if name == "cookie") {
            errors.add(&argument.ident, message);
        }
    }
}

/// The key of `#[idempotent]` is made by the client, once per call.
fn check_key(
    operation: &Operation<'_>,
    argument: &Argument<'_>,
    kind: &str,
    name: &str,
    errors: &mut Errors,
) {
    if kind == "header" && operation.key.as_deref() == Some(name) {
        errors.add(&argument.ident, format!("the header `{name}` is made by `#[idempotent(key = ..)]`, one for each call; write another name, or `#[idempotent]` alone to send a key of yours"));
    }
}
