//! The marks of an argument: `#[query("page-size")]`, `#[body(json)]`, ..

use syn::{Attribute, Expr, Ident, Lit, LitStr, Path};

use super::TextForm;
use super::entry::{Entry, entries, keep, string};
use crate::errors::Errors;
use crate::spell;

/// What an argument is marked as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MarkKind {
    Path,
    Query,
    Header,
    Headers,
    Cookie,
    Url,
    Body,
}

impl MarkKind {
    /// Returns what an attribute marks its argument as, if it is one of ours.
    pub(crate) fn of(attribute: &Attribute) -> Option<Self> {
        let name = attribute.path().get_ident()?;
        MARKS.iter().find(|(known, ..)| name == known).map(|(_, kind, ..)| *kind)
    }
}

/// Each mark with what it may hold: a name, a text form, words, an example.
const MARKS: [(&str, MarkKind, bool, bool, &[&str], &str); 7] = [
    ("path", MarkKind::Path, true, true, &[], "#[path(\"name\")]"),
    ("query", MarkKind::Query, true, true, &["flatten", "style"], "#[query(\"name\")]"),
    ("header", MarkKind::Header, true, true, &[], "#[header(\"x-name\")]"),
    ("headers", MarkKind::Headers, false, false, &[], "#[headers]"),
    ("cookie", MarkKind::Cookie, true, true, &[], "#[cookie(\"name\")]"),
    ("url", MarkKind::Url, false, false, &[], "#[url]"),
    ("body", MarkKind::Body, false, false, &["json", "allow"], "#[body]"),
];

pub(crate) const NAMES: [&str; 7] = ["path", "query", "header", "headers", "cookie", "url", "body"];
const FORMS: [&str; 3] = ["display", "serde", "with"];
const STYLES: [(&str, &str); 6] = [
    ("multi", "Multi"),
    ("csv", "Csv"),
    ("ssv", "Ssv"),
    ("tsv", "Tsv"),
    ("pipes", "Pipes"),
    ("deep_object", "DeepObject"),
];

pub(crate) struct Mark<'a> {
    pub(crate) attribute: &'a Attribute,
    pub(crate) kind: MarkKind,
    pub(crate) name: Option<LitStr>,
    pub(crate) form: Option<TextForm>,
    pub(crate) flatten: Option<Ident>,
    /// The key, and the style's name in the runtime.
    pub(crate) style: Option<(Ident, &'static str)>,
    pub(crate) json: bool,
    pub(crate) allow: Option<Ident>,
}

impl<'a> Mark<'a> {
    /// Reads an attribute whose name is one of [`NAMES`].
    pub(crate) fn read(
        attribute: &'a Attribute,
        name: &Ident,
        errors: &mut Errors,
    ) -> Option<Self> {
        let (_, kind, ..) = MARKS.iter().find(|(known, ..)| name == known)?;
        let mut mark = Self {
            attribute,
            kind: *kind,
            name: None,
            form: None,
            flatten: None,
            style: None,
            json: false,
            allow: None,
        };
        let before = errors.len();
        for entry in entries(attribute, mark.example(), errors) {
            mark.take(&entry, errors);
        }
        mark.check_flatten(errors);
        (errors.len() == before).then_some(mark)
    }

    fn row(&self) -> (&'static str, bool, bool, &'static [&'static str], &'static str) {
        MARKS
            .iter()
            .find(|(_, kind, ..)| *kind == self.kind)
            .map(|(word, _, name, form, words, example)| (*word, *name, *form, *words, *example))
            .unwrap_or_default()
    }

    pub(crate) fn word(&self) -> &'static str {
        self.row().0
    }

    fn example(&self) -> &'static str {
        self.row().4
    }

    fn take(&mut self, entry: &Entry, errors: &mut Errors) {
        let (_, takes_name, takes_form, words, _) = self.row();
        match entry {
            Entry::Literal(Lit::Str(name)) if takes_name => keep(&mut self.name, name.clone(), name, "the name", errors),
            Entry::Word(word) if takes_form && (word == "display" || word == "serde") => {
                let form = if word == "display" { TextForm::Display } else { TextForm::Serde };
                keep(&mut self.form, form, word, "how it is written", errors);
            }
            Entry::Pair { key, value } if takes_form && key == "with" => match function(value) {
                Some(path) => keep(&mut self.form, TextForm::With(path), key, "how it is written", errors),
                None => errors.add(value, "`with` names a function from the value's reference to its text; write `with = path::to_text`"),
            },
            Entry::Word(word) if words.iter().any(|known| word == known) && word != "style" => match word.to_string().as_str() {
                "flatten" => keep(&mut self.flatten, word.clone(), word, "`flatten`", errors),
                "allow" => keep(&mut self.allow, word.clone(), word, "`allow`", errors),
                _ => self.json = true,
            },
            Entry::Pair { key, value } if words.contains(&"style") && key == "style" => {
                if let Some(style) = style(value, errors) {
                    keep(&mut self.style, (key.clone(), style), key, "`style`", errors);
                }
            }
            other => self.refuse(other, errors),
        }
    }

    fn refuse(&self, entry: &Entry, errors: &mut Errors) {
        let (word, takes_name, takes_form, words, example) = self.row();
        let mut known: Vec<&str> = words.to_vec();
        if takes_form {
            known.extend(FORMS);
        }
        let key = entry.key().map(ToString::to_string).unwrap_or_default();
        let otherwise = match (known.is_empty(), takes_name) {
            (true, _) => format!("write `#[{word}]` alone"),
            (false, true) => format!(
                "write a name as `{example}`, or {}",
                spell::list(known.iter().copied(), "or")
            ),
            (false, false) => format!("write {}", spell::list(known.iter().copied(), "or")),
        };
        let repair = match key.as_str() {
            "style" => "write `style = csv`".to_owned(),
            "with" if takes_form => "write `with = path::to_text`".to_owned(),
            "name" if takes_name => format!("write the name without a key, `{example}`"),
            "form" | "multipart" | "text" if word == "body" => {
                format!(
                    "`{key}` is not there yet: write `#[body]` on a `String`, `Bytes` or `Body`"
                )
            }
            _ => spell::did_you_mean(&key, known.iter().copied(), &otherwise),
        };
        errors.add(entry, format!("`#[{word}]` does not take this; {repair}"));
    }

    /// A flattened argument brings its own names and texts.
    fn check_flatten(&self, errors: &mut Errors) {
        if self.flatten.is_none() {
            return;
        }
        if let Some(name) = &self.name {
            errors.add(name, "`flatten` takes the names from the value's fields; take the name away, or write `#[query(\"name\")]` without `flatten`");
        }
        if let Some((key, _)) = &self.style {
            errors.add(key, "`flatten` writes one parameter for each field; take `style` away, or write `#[query(style = ..)]` without `flatten`");
        }
        if self.form.is_some() {
            errors.add(self.attribute, "`flatten` writes what `Serialize` shows; take `display`, `serde` or `with` away, or write `#[query(flatten)]` alone");
        }
    }
}

fn function(value: &Expr) -> Option<Path> {
    match value {
        Expr::Path(path) if path.qself.is_none() => Some(path.path.clone()),
        Expr::Group(group) => function(&group.expr),
        _ => None,
    }
}

fn style(value: &Expr, errors: &mut Errors) -> Option<&'static str> {
    let words = || STYLES.iter().map(|(word, _)| *word);
    if let Some(quoted) = string(value) {
        errors.add(
            value,
            format!("a style is a word; write `style = {}` without quotes", quoted.value()),
        );
        return None;
    }
    let word = function(value)
        .and_then(|path| path.get_ident().map(ToString::to_string))
        .unwrap_or_default();
    let found = STYLES.iter().find(|(known, _)| *known == word).map(|(_, name)| *name);
    if found.is_none() {
        let all = format!("write one of {}", spell::list(words(), "or"));
        errors.add(
            value,
            format!("this is not a style of a list; {}", spell::did_you_mean(&word, words(), &all)),
        );
    }
    found
}
