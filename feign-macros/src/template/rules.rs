//! What a method's path may be: stricter than RFC 6570, since it is sent.

use super::encode::is_escape;
use super::{Operator, Part, Sections, Template};

/// Adds what is wrong with the path of a method or a trait, each with its repair.
pub(crate) fn check_path(text: &str, template: &Template, mistakes: &mut Vec<String>) {
    if text.contains("://") && !text.starts_with('/') {
        mistakes.push(format!(
            "`{text}` holds an address; the address is given when the client is made, with `at(..)` or by the hub: write the path only"
        ));
        return;
    }
    check_start(text, template, mistakes);
    check_characters(text, template, mistakes);
    check_fragment(template, mistakes);
    check_segments(template, mistakes);
    check_query(template, mistakes);
}

/// A path begins with `/`.
fn check_start(text: &str, template: &Template, mistakes: &mut Vec<String>) {
    let begins = match template.parts.first() {
        Some(Part::Literal(text)) => text.starts_with('/'),
        Some(Part::Expression(first)) => first.operator == Operator::Path,
        None => false,
    };
    if !begins {
        mistakes.push(format!("the path `{text}` does not begin with `/`; write `/{text}`"));
    }
}

/// Literals hold no sign that a URL cannot hold or that means something else in it.
fn check_characters(text: &str, template: &Template, mistakes: &mut Vec<String>) {
    let literals = || template.parts.iter().filter_map(literal);
    if literals().any(|literal| literal.contains(|sign: char| sign.is_control())) {
        let shown = text.escape_debug();
        mistakes.push(format!("the path `{shown}` holds a control character, which could split the request; write `%XX` if it is really meant"));
        return;
    }
    if literals().any(|literal| literal.contains('\\')) {
        let repaired = text.replace('\\', "/");
        mistakes.push(format!("the path `{text}` holds a backslash, which a URL reads as `/`; write `{repaired}`, or `%5C` for the sign"));
    }
    if literals().any(|literal| literal.contains(' ')) {
        mistakes.push(format!("the path `{text}` holds a space; write `%20`"));
    }
    if literals().any(has_bare_percent) {
        mistakes.push(format!("the path `{text}` holds a `%` that begins no escape; write `%25`"));
    }
}

/// A fragment never leaves the caller.
fn check_fragment(template: &Template, mistakes: &mut Vec<String>) {
    let fragment = template.parts.iter().any(|part| match part {
        Part::Literal(text) => text.contains('#'),
        Part::Expression(expression) => expression.operator == Operator::Fragment,
    });
    if fragment {
        mistakes.push(
            "a fragment (`#`) is never sent to a server; take it away, or write `%23` for the sign"
                .to_owned(),
        );
    }
}

/// No literal segment is empty or dots: URL parsers fold them.
fn check_segments(template: &Template, mistakes: &mut Vec<String>) {
    let path = Sections::of(template).path;
    for (at, part) in path.iter().enumerate() {
        match part {
            Part::Literal(text) => {
                check_literal_segments(text, at == 0, at + 1 == path.len(), mistakes)
            }
            Part::Expression(expression) if expression.operator == Operator::Path => {
                let slash = matches!(at.checked_sub(1).map(|before| &path[before]), Some(Part::Literal(text)) if text.ends_with('/'));
                if slash {
                    mistakes.push(format!("`{expression}` writes its own `/`; take away the one before it, or write `{{name}}`"));
                }
            }
            Part::Expression(_) => {}
        }
    }
}

/// Looks at the segments that lie wholly within one literal.
fn check_literal_segments(text: &str, first: bool, last: bool, mistakes: &mut Vec<String>) {
    let segments: Vec<_> = text.split('/').collect();
    for (at, segment) in segments.iter().enumerate() {
        let (begins, ends) = (at == 0, at + 1 == segments.len());
        if segment.is_empty() {
            if !begins && !ends {
                mistakes.push(format!("`{text}` holds an empty segment, `//`; write one `/`"));
            }
            continue;
        }
        let whole = (!begins || first) && (!ends || last);
        if whole && is_dots(segment) {
            mistakes.push(format!("the segment `{segment}` would be folded by every URL parser; write the path that is meant"));
        }
    }
}

/// What stands in the query is a query.
fn check_query(template: &Template, mistakes: &mut Vec<String>) {
    for query in &Sections::of(template).queries {
        let mut open = false;
        for part in query {
            match part {
                Part::Literal(text) => {
                    if open && !text.is_empty() && !text.starts_with(['&', '#']) {
                        mistakes.push(format!("`{text}` stands behind the query; write the path first, or `&` before a parameter"));
                    }
                    open = false;
                }
                Part::Expression(expression) => {
                    if matches!(
                        expression.operator,
                        Operator::Path | Operator::Label | Operator::Matrix
                    ) {
                        mistakes.push(format!("`{expression}` stands in the query, where its operator means nothing; write the path first, or `{{&name}}`"));
                    }
                    open = expression.operator.is_query();
                }
            }
        }
    }
}

const fn literal(part: &Part) -> Option<&String> {
    match part {
        Part::Literal(text) => Some(text),
        Part::Expression(_) => None,
    }
}

fn has_bare_percent(text: &String) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().any(|(at, byte)| *byte == b'%' && !is_escape(&bytes[at..]))
}

fn is_dots(segment: &str) -> bool {
    let plain = segment.replace("%2e", ".").replace("%2E", ".");
    plain == "." || plain == ".."
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::cut;

    fn mistakes(text: &str) -> Vec<String> {
        let mut mistakes = Vec::new();
        let template = cut(text, &mut mistakes);
        check_path(text, &template, &mut mistakes);
        mistakes
    }

    #[test]
    fn good_paths() {
        for text in [
            "/",
            "/items/{sku}",
            "/items/{sku}/",
            "/a.b/..c/{x}..",
            "/x/.{y}",
            "/straße",
            "{/ids*}",
            "/items{?q,tags*}",
            "/items?flag&Action=1{&q}",
            "/foo?q=a:\"{id}\"",
            "/void/{id}/path?a={a}&b={b}",
            "/{w}x{h}",
            "/books{/id}",
            "/?flag",
            "/beer?path=/x/../y",
            "/a%20b",
            "/m{;p*}",
            "/{name}{.ext}",
        ] {
            assert_eq!(mistakes(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn each_mistake_once() {
        for text in [
            "items",
            "{id}",
            "",
            "http://h/x",
            "ftp://example.org",
            "/a\\b",
            "/a b",
            "/a\r\nb",
            "/100%",
            "/a#b",
            "/a{#b}",
            "/a//b",
            "//host/a",
            "/a/../b",
            "/..",
            "/a/%2E%2e",
            "/./a",
            "/a/{/b}",
            "/a{?q}/b",
            "/a{?q}{/b}",
            "{?q}",
        ] {
            let found = mistakes(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert!(found.iter().all(|mistake| mistake.contains("write ")), "{found:?}");
        }
    }
}
