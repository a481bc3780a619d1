//! The join of a trait's path and a method's: `scenarios.md` §3 has the table.

use std::fmt::{self, Display as _};

use super::{Expression, Variable};
use super::{Operator, Part, Template, expressions};

/// A template by what its pieces are for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sections {
    pub(crate) path: Vec<Part>,
    /// Groups that begin a parameter each, without their `?`.
    pub(crate) queries: Vec<Vec<Part>>,
    /// With its `#`.
    pub(crate) fragment: Vec<Part>,
}

impl Sections {
    pub(crate) fn of(template: &Template) -> Self {
        let mut sections = Self::default();
        let mut query = Vec::new();
        let mut place = Place::Path;
        for part in &template.parts {
            let pieces = match part {
                Part::Literal(text) => cut_literal(text, &mut place),
                Part::Expression(expression) => {
                    place = place.max(Place::of(expression.operator));
                    vec![(place, part.clone())]
                }
            };
            for (place, part) in pieces {
                match place {
                    Place::Path => push(&mut sections.path, part),
                    Place::Query => push(&mut query, part),
                    Place::Fragment => push(&mut sections.fragment, part),
                }
            }
        }
        if !query.is_empty() {
            sections.queries.push(query);
        }
        sections
    }

    /// Puts the trait's path before this one, and its query and fragment behind.
    pub(crate) fn below(mut self, base: &Template) -> Self {
        let base = Self::of(base);
        self.path = join_paths(base.path, self.path);
        self.queries.extend(base.queries);
        self.fragment.extend(base.fragment);
        self
    }

    pub(crate) fn query_expressions(&self) -> impl Iterator<Item = &Expression> {
        self.queries.iter().flat_map(|query| expressions(query))
    }

    pub(crate) fn path_variables(&self) -> impl Iterator<Item = &Variable> {
        expressions(&self.path).flat_map(|expression| &expression.variables)
    }

    pub(crate) fn query_variables(&self) -> impl Iterator<Item = &Variable> {
        self.query_expressions().flat_map(|expression| &expression.variables)
    }

    pub(crate) fn variables(&self) -> impl Iterator<Item = &Variable> {
        self.path_variables().chain(self.query_variables())
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Path,
    Query,
    Fragment,
}

impl Place {
    const fn of(operator: Operator) -> Self {
        match operator {
            Operator::Query | Operator::QueryNext => Self::Query,
            Operator::Fragment => Self::Fragment,
            _ => Self::Path,
        }
    }
}

/// Cuts a literal where the query and the fragment begin; the `?` goes, the `#` stays.
fn cut_literal(text: &str, place: &mut Place) -> Vec<(Place, Part)> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let next = match place {
            Place::Path => rest.find(['?', '#']),
            Place::Query => rest.find('#'),
            Place::Fragment => None,
        };
        let (piece, tail) = rest.split_at(next.unwrap_or(rest.len()));
        if !piece.is_empty() {
            pieces.push((*place, Part::Literal(piece.to_owned())));
        }
        if let Some(query) = tail.strip_prefix('?') {
            *place = Place::Query;
            // An empty literal keeps the place of a lone `?`.
            pieces.push((Place::Query, Part::Literal(String::new())));
            rest = query;
        } else {
            if !tail.is_empty() {
                *place = Place::Fragment;
            }
            rest = tail;
        }
    }
    pieces
}

/// `/` between the two exactly once; `{/x}` brings its own.
fn join_paths(mut base: Vec<Part>, mut path: Vec<Part>) -> Vec<Part> {
    if base.is_empty() {
        return path;
    }
    if path.is_empty() || path == [Part::Literal("/".to_owned())] {
        return base;
    }
    if let Some(Part::Literal(text)) = base.last_mut()
        && text.ends_with('/')
    {
        text.pop();
    }
    let own_slash =
        matches!(path.first(), Some(Part::Expression(first)) if first.operator == Operator::Path);
    match path.first_mut() {
        Some(Part::Literal(text)) if !text.starts_with('/') => text.insert(0, '/'),
        Some(Part::Expression(_)) if !own_slash => path.insert(0, Part::Literal("/".to_owned())),
        _ => {}
    }
    for part in path {
        push(&mut base, part);
    }
    base.retain(|part| *part != Part::Literal(String::new()));
    base
}

/// Appends a part; literals that meet become one.
fn push(parts: &mut Vec<Part>, part: Part) {
    match (parts.last_mut(), part) {
        (Some(Part::Literal(text)), Part::Literal(more)) => text.push_str(&more),
        (_, part) => parts.push(part),
    }
}

// === as written ===

impl fmt::Display for Sections {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.path.iter().try_for_each(|part| part.fmt(f))?;
        let mut begun = false;
        for query in &self.queries {
            show_query(query, &mut begun, f)?;
        }
        self.fragment.iter().try_for_each(|part| part.fmt(f))
    }
}

/// Writes a group of the query behind what there is already.
fn show_query(query: &[Part], begun: &mut bool, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let sign = if *begun { "&" } else { "?" };
    for (at, part) in query.iter().enumerate() {
        match part {
            Part::Literal(text) if at == 0 => write!(f, "{sign}{text}")?,
            Part::Expression(first) if at == 0 && first.operator.is_query() && *begun => {
                let next = Expression {
                    operator: Operator::QueryNext,
                    variables: first.variables.clone(),
                };
                next.fmt(f)?;
            }
            part => part.fmt(f)?,
        }
    }
    *begun |= !query.is_empty();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::cut;

    fn joined(base: &str, path: &str) -> String {
        let mut mistakes = Vec::new();
        let base = cut(base, &mut mistakes);
        let path = cut(path, &mut mistakes);
        assert_eq!(mistakes, Vec::<String>::new());
        Sections::of(&path).below(&base).to_string()
    }

    /// The rows of `scenarios.md` §3, before expansion.
    #[test]
    fn table() {
        let rows = [
            ("/city", "country/{name}", "/city/country/{name}"),
            ("/city/", "country/{name}", "/city/country/{name}"),
            ("/city", "/country/{name}", "/city/country/{name}"),
            ("/city/", "/country/{name}", "/city/country/{name}"),
            ("/poetry", "/{?max}", "/poetry{?max}"),
            ("/poetry", "{?max}", "/poetry{?max}"),
            ("/", "/hello/{name}", "/hello/{name}"),
            ("", "/hello/{name}", "/hello/{name}"),
            ("/test/", "/hello/{name}", "/test/hello/{name}"),
            ("{var}", "{var2}", "{var}/{var2}"),
            ("{var}/", "{var2}", "{var}/{var2}"),
            ("{var}", "/{var2}", "{var}/{var2}"),
            ("/book{/id}", "/author{/authorId}", "/book{/id}/author{/authorId}"),
            ("{var}{?q}", "/{var2}", "{var}/{var2}{?q}"),
            ("{var}{?q}", "{var2}", "{var}/{var2}{?q}"),
            ("{var}{#hash}", "{var2}", "{var}/{var2}{#hash}"),
            ("/", "{?req*}", "/{?req*}"),
            ("/", "{?keys*}{?keys2*}", "/{?keys*}{?keys2*}"),
            ("/", "{?keys*}{&keys2*}", "/{?keys*}{&keys2*}"),
        ];
        for (base, path, expected) in rows {
            assert_eq!(joined(base, path), expected, "{base} + {path}");
        }
    }

    #[test]
    fn queries_meet() {
        let rows = [
            ("/api{?tenant}", "/items{?q}", "/api/items{?q}{&tenant}"),
            ("/api?v=1", "/items?a=2", "/api/items?a=2&v=1"),
            ("/api?v=1", "/items{?q}", "/api/items{?q}&v=1"),
            ("/api{?t}", "/items?a=2", "/api/items?a=2{&t}"),
            ("/api/", "/", "/api/"),
            ("/api", "/", "/api"),
            ("/api/", "{/id}", "/api{/id}"),
            ("/api", "/items#top", "/api/items#top"),
        ];
        for (base, path, expected) in rows {
            assert_eq!(joined(base, path), expected, "{base} + {path}");
        }
    }
}
