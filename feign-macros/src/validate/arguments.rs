//! Rules between the arguments of one method, and with its verb.

use crate::attrs::{Mark, MarkKind, Route, RoutePath, Verb};
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
    check_key(arguments, errors);
    check_one_kind(arguments, errors);
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

/// A call is hashed by one text.
fn check_key(arguments: &[Parsed<'_>], errors: &mut Errors) {
    let mut keys = arguments.iter().filter_map(|argument| Some((argument, argument.key.as_ref()?)));
    let Some((first, _)) = keys.next() else { return };
    for (more, key) in keys {
        errors.add(
            key.attribute,
            format!(
                "`{}` is marked `#[hash_key]` as `{}` is already; a call is hashed by one text; write one `#[hash_key]`, or one argument that holds both",
                more.name, first.name
            ),
        );
    }
}

/// A body is one value, a form or parts: each kind beyond the first is one mistake.
fn check_one_kind(arguments: &[Parsed<'_>], errors: &mut Errors) {
    let mut marks = arguments.iter().filter_map(|argument| Some((argument, content(argument)?)));
    let Some((first, first_mark)) = marks.next() else { return };
    let mut told = vec![first_mark.kind];
    for (argument, mark) in marks {
        if told.contains(&mark.kind) {
            continue;
        }
        told.push(mark.kind);
        errors.add(
            mark.attribute,
            format!(
                "`{}` is marked `#[{}]` and `{}` is marked `#[{}]`, and a body is one value, a form or parts; write marks of one kind",
                argument.name,
                mark.word(),
                first.name,
                first_mark.word()
            ),
        );
    }
}

/// The mark of an argument that becomes the body, or some of it.
fn content<'a>(argument: &'a Parsed<'_>) -> Option<&'a Mark<'a>> {
    argument.mark.as_ref().filter(|mark| mark.kind.is_content())
}

/// A body means nothing to GET and HEAD, and servers and proxies drop it.
fn check_body(route: &Route<'_>, arguments: &[Parsed<'_>], errors: &mut Errors) {
    let Some(verb) = &route.verb else { return };
    let Some(mark) = arguments.iter().find_map(content) else { return };
    match (verb.as_str(), &mark.allow) {
        ("TRACE", _) => errors.add(
            mark.attribute,
            "a TRACE must not have a body (RFC 9110 §9.3.8); mark it `#[query]` or `#[header]`",
        ),
        (name, None) if verb.is_bodyless() => {
            let repair = match (mark.kind, &mark.body) {
                (MarkKind::Body, None) => "mark it `#[query]`, write another verb, or `#[body(allow)]` where the server really reads it".to_owned(),
                (MarkKind::Body, Some((word, _))) => format!("mark it `#[query]`, write another verb, or `#[body({word}, allow)]` where the server really reads it"),
                _ => "mark it `#[query]`, or write another verb".to_owned(),
            };
            errors.add(
                mark.attribute,
                format!("a body means nothing to {name} and is dropped on the way; {repair}"),
            );
        }
        (name, Some(allow)) if !Verb::is_bodyless(verb) => {
            let word = mark.body.as_ref().map_or_else(String::new, |(word, _)| format!("({word})"));
            errors.add(
                allow,
                format!(
                    "{name} takes a body anyway, so `allow` does nothing; write `#[body{word}]`"
                ),
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
