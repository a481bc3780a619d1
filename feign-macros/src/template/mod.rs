//! URI templates: RFC 6570 level 4, cut when the macro runs.

mod cut;
mod encode;
mod join;
mod rules;

use std::fmt;

pub(crate) use cut::{cut, is_name};
pub(crate) use encode::{encode, encode_field, encode_name};
pub(crate) use join::Sections;
pub(crate) use rules::check_path;

/// A template as it was written, in pieces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Template {
    pub(crate) parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Text outside of braces, as written.
    Literal(String),
    Expression(Expression),
}

/// `{?q,tags*}`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Expression {
    pub(crate) operator: Operator,
    pub(crate) variables: Vec<Variable>,
}

/// `tags*` or `var:3`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Variable {
    pub(crate) name: String,
    pub(crate) explode: bool,
    pub(crate) prefix: Option<u16>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Simple,
    Reserved,
    Fragment,
    Label,
    Path,
    Matrix,
    Query,
    QueryNext,
}

/// Each operator with its sign and its name in the runtime.
const OPERATORS: [(Operator, &str, &str); 8] = [
    (Operator::Simple, "", "Simple"),
    (Operator::Reserved, "+", "Reserved"),
    (Operator::Fragment, "#", "Fragment"),
    (Operator::Label, ".", "Label"),
    (Operator::Path, "/", "Path"),
    (Operator::Matrix, ";", "Matrix"),
    (Operator::Query, "?", "Query"),
    (Operator::QueryNext, "&", "QueryNext"),
];

impl Operator {
    fn row(self) -> (&'static str, &'static str) {
        OPERATORS
            .iter()
            .find(|(operator, ..)| *operator == self)
            .map(|(_, sign, name)| (*sign, *name))
            .unwrap_or(("", "Simple"))
    }

    pub(crate) fn sign(self) -> &'static str {
        self.row().0
    }

    pub(crate) fn runtime_name(self) -> &'static str {
        self.row().1
    }

    fn of(sign: char) -> Option<Self> {
        OPERATORS
            .iter()
            .find(|(_, known, _)| known.starts_with(sign))
            .map(|(operator, ..)| *operator)
    }

    pub(crate) const fn is_query(self) -> bool {
        matches!(self, Self::Query | Self::QueryNext)
    }
}

impl Variable {
    /// Whether the value is one text that is always there: nothing absent, no list, no map.
    pub(crate) fn is_scalar(&self, operator: Operator) -> bool {
        let plain = matches!(operator, Operator::Simple | Operator::Reserved) && !self.explode;
        plain || self.prefix.is_some()
    }
}

impl Template {
    pub(crate) fn expressions(&self) -> impl Iterator<Item = &Expression> {
        expressions(&self.parts)
    }

    pub(crate) fn variables(&self) -> impl Iterator<Item = &Variable> {
        self.expressions().flat_map(|expression| &expression.variables)
    }
}

pub(crate) fn expressions(parts: &[Part]) -> impl Iterator<Item = &Expression> {
    parts.iter().filter_map(|part| match part {
        Part::Expression(expression) => Some(expression),
        Part::Literal(_) => None,
    })
}

// === as written ===

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.parts.iter().try_for_each(|part| part.fmt(f))
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Literal(text) => f.write_str(text),
            Self::Expression(expression) => expression.fmt(f),
        }
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{{}", self.operator.sign())?;
        for (at, variable) in self.variables.iter().enumerate() {
            let comma = if at == 0 { "" } else { "," };
            write!(f, "{comma}{variable}")?;
        }
        f.write_str("}")
    }
}

impl fmt::Display for Variable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        if let Some(prefix) = self.prefix {
            write!(f, ":{prefix}")?;
        }
        f.write_str(if self.explode { "*" } else { "" })
    }
}
