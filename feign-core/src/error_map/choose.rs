//! Which variant an error becomes.

use std::cell::OnceCell;

use crate::error::Error;

/// One `#[status(..)]`: the variant that the statuses `first..=last` become, where the code is
/// the one given.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    first: u16,
    last: u16,
    code: Option<&'static str>,
    variant: usize,
}

impl Rule {
    #[must_use]
    pub const fn new(first: u16, last: u16, variant: usize) -> Self {
        Self { first, last, code: None, variant }
    }

    #[must_use]
    pub const fn with_code(first: u16, last: u16, code: &'static str, variant: usize) -> Self {
        Self { first, last, code: Some(code), variant }
    }

    fn covers(&self, status: u16) -> bool {
        (self.first..=self.last).contains(&status)
    }
}

/// Reads the code out of the body of an error.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`#[code]` reads JSON, and `feign` is built without it",
    label = "nothing here can read a code",
    note = "help: enable the feature `json` of `feign`, or take `#[code]` away"
)]
pub trait CodeReader {
    fn read_code(body: &[u8], pointer: &str) -> Option<String>;
}

/// A code at an RFC 6901 pointer into a JSON body; a number is taken by its text.
#[doc(hidden)]
#[derive(Debug)]
pub struct JsonPointer;

#[cfg(feature = "json")]
impl CodeReader for JsonPointer {
    fn read_code(body: &[u8], pointer: &str) -> Option<String> {
        let body: serde_json::Value = serde_json::from_slice(body).ok()?;
        match body.pointer(pointer)? {
            serde_json::Value::String(code) => Some(code.clone()),
            serde_json::Value::Number(code) => Some(code.to_string()),
            _ => None,
        }
    }
}

/// Finds the variant where no rule asks for a code.
#[doc(hidden)]
#[must_use]
pub fn choose(rules: &[Rule], error: &Error) -> Option<usize> {
    find(rules, error, || None)
}

/// Finds the variant; the body is read at most once, and only for a status that has codes.
#[doc(hidden)]
#[must_use]
pub fn choose_by_code<R: CodeReader>(
    rules: &[Rule],
    pointer: &str,
    error: &Error,
) -> Option<usize> {
    find(rules, error, || R::read_code(error.body(), pointer))
}

/// The first rule that holds wins: the macro prints them in the order of their rank.
fn find(
    rules: &[Rule],
    error: &Error,
    read_code: impl FnOnce() -> Option<String> + Copy,
) -> Option<usize> {
    let status = error.status()?.as_u16();
    let found = OnceCell::new();
    let holds = |rule: &&Rule| {
        rule.covers(status)
            && rule.code.is_none_or(|code| found.get_or_init(read_code).as_deref() == Some(code))
    };
    rules.iter().find(holds).map(|rule| rule.variant)
}
