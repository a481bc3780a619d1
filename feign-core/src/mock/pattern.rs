//! Templates read backwards: from the path that came to its variables.

use super::escape::{Unit, decoded, units};

/// A template of RFC 6570 to find in a path. Of its query only fixed pairs (`?Action=List`) count,
/// and variables not at all: they may be left out.
#[derive(Debug)]
pub(super) struct Pattern {
    pieces: Vec<Piece>,
    /// The path's segments as they were written, to measure how near a path is.
    segments: Vec<String>,
    /// Fixed pairs of the query.
    pairs: Vec<(String, String)>,
}

#[derive(Debug)]
enum Piece {
    Text(Vec<Unit>),
    Variable {
        name: String,
        /// What stands before it, and goes when it does.
        before: Vec<Unit>,
        optional: bool,
        /// Whether its value may hold `/`.
        slashes: bool,
    },
}

/// The variables of a path, by the names that the template gives them.
pub(super) type Variables = Vec<(String, String)>;

impl Pattern {
    /// Cuts a template.
    ///
    /// # Errors
    ///
    /// When a brace has no partner; an operation's template always has.
    pub(super) fn new(template: &str) -> Result<Self, String> {
        let ends = ["?", "#", "{?", "{&", "{#"].into_iter().filter_map(|end| template.find(end));
        let (path, query) = template.split_at(ends.min().unwrap_or(template.len()));
        let segments = path.split('/').map(str::to_owned).collect();
        Ok(Self { pieces: pieces(path)?, segments, pairs: fixed_pairs(query)? })
    }

    /// Returns the variables of a path, if the template can have made it.
    pub(super) fn read(&self, path: &str) -> Option<Variables> {
        let mut found = Vec::new();
        read(&self.pieces, &units(path), &mut found).then_some(found)
    }

    /// Whether the fixed pairs are in the query that came.
    pub(super) fn fits_query(&self, pairs: &[(String, String)]) -> bool {
        self.pairs.iter().all(|pair| pairs.contains(pair))
    }

    /// The names of its variables in the path.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Variable { name, .. } => Some(&**name),
            Piece::Text(_) => None,
        })
    }

    /// How many segments of a path are other ones.
    pub(super) fn distance(&self, path: &str) -> usize {
        let path: Vec<_> = path.split('/').collect();
        let other = |(ours, came): &(&String, &&str)| !ours.contains('{') && *ours != *came;
        self.segments.iter().zip(&path).filter(other).count()
            + self.segments.len().abs_diff(path.len())
    }
}

fn pieces(path: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    for (text, expression) in expressions(path)? {
        if !text.is_empty() {
            pieces.push(Piece::Text(units(text)));
        }
        let sign = expression.chars().next().filter(|sign| "+./;".contains(*sign));
        let names = expression.trim_start_matches(['+', '.', '/', ';']);
        for (at, spec) in names.split(',').filter(|spec| !spec.is_empty()).enumerate() {
            let name = spec.trim_end_matches('*').split(':').next().unwrap_or_default();
            let before = match sign {
                Some(';') => format!(";{name}="),
                Some(sign @ ('.' | '/')) => sign.to_string(),
                _ if at > 0 => ",".to_owned(),
                _ => String::new(),
            };
            pieces.push(Piece::Variable {
                name: name.to_owned(),
                optional: matches!(sign, Some('.' | '/' | ';')),
                before: units(&before),
                slashes: sign == Some('+') || (sign == Some('/') && spec.ends_with('*')),
            });
        }
    }
    Ok(pieces)
}

/// Cuts a text into what stands before each expression and the inside of it; the last inside is
/// empty.
fn expressions(text: &str) -> Result<Vec<(&str, &str)>, String> {
    let unpaired = || format!("`{text}` has a brace without its partner; write `{{name}}`");
    let mut cut = Vec::new();
    let mut rest = text;
    while let Some((before, tail)) = rest.split_once('{') {
        let (inside, after) = tail.split_once('}').ok_or_else(unpaired)?;
        if before.contains('}') || inside.contains('{') {
            return Err(unpaired());
        }
        cut.push((before, inside));
        rest = after;
    }
    if rest.contains('}') {
        return Err(unpaired());
    }
    cut.push((rest, ""));
    Ok(cut)
}

/// Pairs of the query in which no variable stands.
fn fixed_pairs(query: &str) -> Result<Vec<(String, String)>, String> {
    const VARIABLE: &str = "\0";
    let texts: Vec<_> = expressions(query)?.into_iter().map(|(text, _)| text).collect();
    let text = texts.join(VARIABLE);
    let fixed = |pair: &&str| !pair.is_empty() && !pair.contains(VARIABLE);
    let pairs = text.split('#').next().unwrap_or_default().split(['?', '&']).filter(fixed);
    Ok(pairs.map(super::escape::pair).collect())
}

/// Finds the pieces in a path from its start to its end, each variable as short as it can be, so
/// that optional ones behind it are found.
fn read(pieces: &[Piece], path: &[Unit], found: &mut Variables) -> bool {
    let Some((piece, rest)) = pieces.split_first() else { return path.is_empty() };
    match piece {
        Piece::Text(text) => path.strip_prefix(&**text).is_some_and(|path| read(rest, path, found)),
        Piece::Variable { name, before, optional, slashes } => {
            if let Some(tail) = path.strip_prefix(&**before) {
                let most = tail.iter().take_while(|unit| *slashes || !unit.is_slash()).count();
                for length in 1..=most {
                    let (value, tail) = tail.split_at(length);
                    found.push((name.clone(), decoded(value)));
                    if read(rest, tail, found) {
                        return true;
                    }
                    found.pop();
                }
            }
            *optional && read(rest, path, found)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(template: &str, path: &str) -> Option<String> {
        let found = Pattern::new(template).unwrap().read(path)?;
        let shown = found.iter().map(|(name, value)| format!("{name}={value}"));
        Some(shown.collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn a_path_is_read_back() {
        for (template, path, variables) in [
            ("/items", "/items", ""),
            ("/items/{sku}", "/items/A-1", "sku=A-1"),
            ("/items/{sku}{?q,tags*}", "/items/A-1", "sku=A-1"),
            ("/items/{sku}", "/items/A%2F1%20%C3%A9", "sku=A/1 é"),
            ("/items/{sku}", "/items/A@1", "sku=A@1"),
            ("/{a}/x/{b}.json", "/1/x/2.3.json", "a=1 b=2.3"),
            ("/{a}-{b}", "/1-2-3", "a=1 b=2-3"),
            ("/at/{x,y}", "/at/1,2", "x=1 y=2"),
            ("/files/{+path}", "/files/a/b", "path=a/b"),
            ("/files{/path*}", "/files/a/b", "path=a/b"),
            ("/files{/path*}", "/files", ""),
            ("/book{/id}{.format}", "/book/7.pdf", "id=7 format=pdf"),
            ("/book/{id}{.format}/x", "/book/7/x", "id=7"),
            ("/map{;lat,long}", "/map;lat=1;long=2", "lat=1 long=2"),
            ("/map{;lat,long}", "/map;long=2", "long=2"),
            ("/{var:3}/{var}", "/abc/abcd", "var=abc var=abcd"),
            ("{+next}", "/pages/2", "next=/pages/2"),
            ("/straße/{x}", "/stra%c3%9fe/1", "x=1"),
            ("/a%2Fb/{x}", "/a%2Fb/1", "x=1"),
        ] {
            assert_eq!(read(template, path).as_deref(), Some(variables), "{template} of {path}");
        }
    }

    #[test]
    fn another_path_is_not() {
        for (template, path) in [
            ("/items", "/items/"),
            ("/items/{sku}", "/items"),
            ("/items/{sku}", "/items/"),
            ("/items/{sku}", "/items/A/1"),
            ("/items/{sku}", "/api/items/A"),
            ("/a/b", "/a%2Fb"),
            ("/Items", "/items"),
            ("/map{;lat}", "/map;long=2"),
        ] {
            assert_eq!(read(template, path), None, "{template} of {path}");
        }
    }

    #[test]
    fn fixed_pairs_of_the_query_count() {
        let pattern = Pattern::new("/x?flag&Action=List%20all&tag={tag}{&q}&v=1{#f}").unwrap();
        let came = |query: &str| super::super::escape::pairs(query);
        assert!(pattern.fits_query(&came("flag&Action=List+all&tag=a&v=1&more=2")));
        assert!(!pattern.fits_query(&came("flag&Action=Other&v=1")));
        assert!(!pattern.fits_query(&came("")));
        assert!(Pattern::new("/x{?q}").unwrap().fits_query(&came("")));
    }

    #[test]
    fn braces_come_in_pairs() {
        for template in ["/{a", "/a}", "/{a{b}}", "/}{a}"] {
            assert!(Pattern::new(template).is_err(), "{template}");
        }
    }

    #[test]
    fn nearer_is_less_far() {
        let pattern = Pattern::new("/api/items/{sku}").unwrap();
        let far = |path| pattern.distance(path);
        assert_eq!(
            (far("/api/items/1"), far("/api/item/1"), far("/api/items"), far("/")),
            (0, 1, 1, 3)
        );
    }
}
