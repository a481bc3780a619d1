//! A request as a command that a shell takes.

use std::fmt::Write as _;

use http::Request;
use http::header::{CONTENT_LENGTH, HOST};

use super::body::{Kind, bytes};
use super::show::Value;
use super::{MASK, Rules};
use crate::body::Body;
use crate::layer::Context;

/// Writes a captured request; secrets are masked.
pub(crate) fn curl(request: &Request<Body>) -> String {
    let context = request.extensions().get::<Context>();
    let rules = context.map(|context| context.rules().clone()).unwrap_or_default();
    let url = match context {
        Some(context) => context.shown_url(request.uri()),
        None => rules.url(&request.uri().to_string()),
    };
    let mut command = format!("curl -X {} {}", request.method(), quoted(&url));
    for (name, value) in
        request.headers().iter().filter(|(name, _)| **name != CONTENT_LENGTH && **name != HOST)
    {
        let header = format!("{name}: {}", Value { name, value, rules: &rules, echoes: false });
        let _ = write!(command, " -H {}", quoted(&header));
    }
    let is_hidden = context.is_some_and(Context::hides_body);
    command.push_str(&body(request, is_hidden, &rules));
    command
}

fn body(request: &Request<Body>, is_hidden: bool, rules: &Rules) -> String {
    let Some(content) = request.body().as_bytes() else {
        return " --data-binary @- # a stream, which is not shown".to_owned();
    };
    if content.is_empty() {
        return String::new();
    }
    match (Kind::of(request.headers(), is_hidden), std::str::from_utf8(content)) {
        (Kind::Hidden, _) => format!(" --data-raw {}", quoted(MASK)),
        (Kind::Text(_), Ok(text)) => format!(" --data-raw {}", quoted(&rules.text(text))),
        _ => format!(" --data-binary @- # {}, not shown", bytes(content.len() as u64)),
    }
}

/// A word of a POSIX shell; one with control characters as bash and zsh write it.
fn quoted(text: &str) -> String {
    if !text.chars().any(char::is_control) {
        return format!("'{}'", text.replace('\'', r"'\''"));
    }
    let mut word = "$'".to_owned();
    for sign in text.chars() {
        match sign {
            '\'' => word.push_str(r"\'"),
            '\\' => word.push_str(r"\\"),
            '\n' => word.push_str(r"\n"),
            _ if sign.is_control() => {
                for byte in sign.encode_utf8(&mut [0; 4]).bytes() {
                    let _ = write!(word, "\\x{byte:02x}");
                }
            }
            _ => word.push(sign),
        }
    }
    word.push('\'');
    word
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn words_are_quoted_for_a_shell() {
        assert_eq!(quoted("a b"), "'a b'");
        assert_eq!(quoted("it's $HOME"), r"'it'\''s $HOME'");
        assert_eq!(quoted("a\n'b\\\u{1b}"), r"$'a\n\'b\\\x1b'");
    }
}
