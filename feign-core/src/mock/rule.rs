//! What a route expects of a request.

use std::fmt;
use std::panic::Location;

use http::Method;

use super::difference::Condition;
use super::pattern::{Pattern, Variables};
use super::received::Received;
use crate::operation::Operation;

/// What a route expects.
pub(super) struct Rule {
    pub(super) target: Target,
    pub(super) pattern: Pattern,
    pub(super) conditions: Vec<Condition>,
    pub(super) count: Count,
    /// The line of the test.
    pub(super) said_at: &'static Location<'static>,
}

pub(super) enum Target {
    Operation(&'static Operation),
    Path(Method, String),
}

/// How many calls a route expects, both ends included.
#[derive(Clone, Copy, Debug)]
pub(super) struct Count {
    pub(super) least: usize,
    pub(super) most: usize,
}

/// A request, held against a rule.
pub(super) struct Compared {
    pub(super) variables: Variables,
    /// The same as they may be shown; `None` where that cannot be told.
    pub(super) shown: Option<Variables>,
    /// How far it is from the rule's operation or path; 0 if that is the one.
    pub(super) distance: usize,
    /// A line for each difference.
    pub(super) lines: Vec<String>,
}

impl Compared {
    pub(super) const fn fits(&self) -> bool {
        self.lines.is_empty()
    }
}

impl Rule {
    pub(super) fn compare(&self, received: &Received) -> Compared {
        let mut compared = self.compare_target(received);
        // Conditions of another operation say nothing.
        if compared.distance == 0 {
            for condition in &self.conditions {
                let Compared { variables, shown, lines, .. } = &mut compared;
                condition.compare(received, variables, shown.as_ref(), lines);
            }
        }
        compared
    }

    pub(super) const fn operation(&self) -> Option<&'static Operation> {
        match self.target {
            Target::Operation(operation) => Some(operation),
            Target::Path(..) => None,
        }
    }

    fn compare_target(&self, received: &Received) -> Compared {
        let (path, shown) = match self.target {
            Target::Operation(_) => (received.path_below_base(), received.shown_below_base()),
            Target::Path(..) => (received.uri().path(), received.shown_path()),
        };
        let (read, shown) = (self.pattern.read(path), self.pattern.read(shown));
        let far = self.pattern.distance(path);
        let mut lines = Vec::new();
        let mut distance = 0;
        let mut differs = |by: usize, line: String| {
            distance += by;
            lines.push(line);
        };
        match (&self.target, received.operation()) {
            (Target::Operation(ours), Some(came)) => {
                if !std::ptr::eq(*ours, came) {
                    differs(1 + far, format!("operation: expected `{ours}`, got `{came}`"));
                }
            }
            (target, _) => {
                let (method, template) = target.line();
                if method != received.method() {
                    differs(1, format!("method: expected {method}, got {}", received.method()));
                }
                if read.is_none() {
                    differs(1 + far, {
                        let path = received.shown_path();
                        format!("path: expected `{template}`, got `{path}`")
                    });
                } else if !self.pattern.fits_query(received.pairs()) {
                    let query = received.shown_query();
                    differs(1, format!("query: expected that of `{template}`, got `{query}`"));
                }
            }
        }
        Compared { variables: read.unwrap_or_default(), shown, distance, lines }
    }
}

impl Target {
    fn line(&self) -> (Method, &str) {
        match self {
            Self::Operation(operation) => (operation.method(), operation.template()),
            Self::Path(method, template) => (method.clone(), template),
        }
    }
}

impl Count {
    pub(super) const ANY: Self = Self { least: 0, most: usize::MAX };
    pub(super) const NEVER: Self = Self { least: 0, most: 0 };
}

/// `Inventory.item (GET /items/{sku})`
impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Operation(operation) => write!(f, "{operation:?}"),
            Self::Path(method, path) => write!(f, "{method} {path}"),
        }
    }
}

/// `Inventory.item (GET /items/{sku}), said at tests/shop.rs:12`
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, said at {}:{}", self.target, self.said_at.file(), self.said_at.line())
    }
}

/// `exactly 2 calls`
impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { least, most } = *self;
        let calls = if least == 1 { "call" } else { "calls" };
        match most {
            0 => f.write_str("no call"),
            _ if most == least => write!(f, "exactly {least} {calls}"),
            _ => write!(f, "at least {least} {calls}"),
        }
    }
}
