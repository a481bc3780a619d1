//! Rules between the arguments of one method, and with its verb.

use crate::attrs::{MarkKind, Route, RoutePath, Verb};
use crate::errors::Errors;
use crate::model::arguments::Parsed;

pub(crate) fn marks(route: &Route<'_>, arguments: &[Parsed<'_>], errors: &mut Errors) {
    check_once(
        MarkKind::Body,
        "a request has one body; write a type that holds both",
        arguments,
        errors,
    );
    check_once(MarkKind::Url, "a request goes to one link; write one `#[url]`", arguments, errors);
    check_once(
        MarkKind::Headers,
        "several headers come from one argument, or the last would win; write one `#[headers]`",
        arguments,
        errors,
    );
    check_body(route, arguments, errors);
    check_link(route, arguments, errors);
}

fn check_once(kind: MarkKind, rule: &str, arguments: &[Parsed<'_>], errors: &mut Errors) {
    let marked = || arguments.iter().filter(|argument| argument.is_marked(kind));
    let Some(first) = marked().next() else { return };
    for more in marked().skip(1) {
        let Some(mark) = &more.mark else { continue };
        errors.add(
            mark.attribute,
            format!(
                "`{}` is marked `#[{}]` as `{}` is already; {rule}",
                more.name,
                mark.word(),
                first.name
            ),
        );
    }
}

/// A body means nothing to GET and HEAD, and servers and proxies drop it.
fn check_body(route: &Route<'_>, arguments: &[Parsed<'_>], errors: &mut Errors) {
    let Some(verb) = &route.verb else { return };
    let body = arguments.iter().find(|argument| argument.is_marked(MarkKind::Body));
    let Some(mark) = body.and_then(|argument| argument.mark.as_ref()) else { return };
    match (verb.as_str(), &mark.allow) {
        ("TRACE", _) => errors.add(
            mark.attribute,
            "a TRACE must not have a body (RFC 9110 §9.3.8); mark it `#[query]` or `#[header]`",
        ),
        (name, None) if verb.is_bodyless() => {
            errors.add(mark.attribute, format!("a body means nothing to {name} and is dropped on the way; mark it `#[query]`, write another verb, or `#[body(allow)]` where the server really reads it"));
        }
        (name, Some(allow)) if !Verb::is_bodyless(verb) => {
            errors.add(
                allow,
                format!("{name} takes a body anyway, so `allow` does nothing; write `#[body]`"),
            );
        }
        _ => {}
    }
}

/// A link brings its own path.
fn check_link(route: &Route<'_>, arguments: &[Parsed<'_>], errors: &mut Errors) {
    let link = arguments.iter().find(|argument| argument.is_marked(MarkKind::Url));
    if let (Some(link), RoutePath::Text(path)) = (link, &route.path) {
        errors.add(path, format!("`{}` is a whole link (`#[url]`), so there is no place for a path; write the verb without one", link.name));
    }
}
