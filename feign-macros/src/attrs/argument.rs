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
    Form,
    Part,
}

impl MarkKind {
    /// Whether the argument becomes the body, or some of it.
    pub(crate) const fn is_content(self) -> bool {
        matches!(self, Self::Body | Self::Form | Self::Part)
    }
}

/// How `#[body]` is written, where it is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BodyForm {
    Json,
    Form,
}

impl MarkKind {
    /// Returns what an attribute marks its argument as, if it is one of ours.
    pub(crate) fn of(attribute: &Attribute) -> Option<Self> {
        let name = attribute.path().get_ident()?;
        MARKS.iter().find(|row| name == row.word).map(|row| row.kind)
    }
}

/// What a mark may hold.
struct Row {
    word: &'static str,
    kind: MarkKind,
    /// A name, and how the text is made: what goes to a place that has a name.
    named: bool,
    words: &'static [&'static str],
    example: &'static str,
}

const fn row(
    word: &'static str,
    kind: MarkKind,
    named: bool,
    words: &'static [&'static str],
    example: &'static str,
) -> Row {
    Row { word, kind, named, words, example }
}

static MARKS: [Row; 9] = [
    row("path", MarkKind::Path, true, &[], "#[path(\"name\")]"),
    row("query", MarkKind::Query, true, &["flatten", "style"], "#[query(\"name\")]"),
    row("header", MarkKind::Header, true, &[], "#[header(\"x-name\")]"),
    row("headers", MarkKind::Headers, false, &[], "#[headers]"),
    row("cookie", MarkKind::Cookie, true, &[], "#[cookie(\"name\")]"),
    row("url", MarkKind::Url, false, &[], "#[url]"),
    row("body", MarkKind::Body, false, &["json", "form", "allow"], "#[body]"),
    row("form", MarkKind::Form, true, &["flatten", "style"], "#[form(\"name\")]"),
    row("part", MarkKind::Part, true, &["json"], "#[part(\"name\")]"),
];

/// With those that may stand beside another.
pub(crate) const NAMES: [&str; 11] = [
    "path",
    "query",
    "header",
    "headers",
    "cookie",
    "url",
    "body",
    "form",
    "part",
    "hash_key",
    "sensitive",
];
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
    row: &'static Row,
    pub(crate) name: Option<LitStr>,
    pub(crate) form: Option<TextForm>,
    pub(crate) flatten: Option<Ident>,
    /// The key, and the style's name in the runtime.
    pub(crate) style: Option<(Ident, &'static str)>,
    /// The word, and what it says.
    pub(crate) body: Option<(Ident, BodyForm)>,
    pub(crate) allow: Option<Ident>,
}

impl<'a> Mark<'a> {
    /// Reads an attribute whose name is one of [`MARKS`].
    pub(crate) fn read(
        attribute: &'a Attribute,
        name: &Ident,
        errors: &mut Errors,
    ) -> Option<Self> {
        let row = MARKS.iter().find(|row| name == row.word)?;
        let mut mark = Self {
            attribute,
            kind: row.kind,
            row,
            name: None,
            form: None,
            flatten: None,
            style: None,
            body: None,
            allow: None,
        };
        let before = errors.len();
        for entry in entries(attribute, row.example, errors) {
            mark.take(&entry, errors);
        }
        mark.check_flatten(errors);
        mark.check_json_part(errors);
        (errors.len() == before).then_some(mark)
    }

    pub(crate) const fn word(&self) -> &'static str {
        self.row.word
    }

    fn take(&mut self, entry: &Entry, errors: &mut Errors) {
        let Row { named, words, .. } = *self.row;
        match entry {
            Entry::Literal(Lit::Str(name)) if named => keep(&mut self.name, name.clone(), name, "the name", errors),
            Entry::Word(word) if named && (word == "display" || word == "serde") => {
                let form = if word == "display" { TextForm::Display } else { TextForm::Serde };
                keep(&mut self.form, form, word, "how it is written", errors);
            }
            Entry::Pair { key, value } if named && key == "with" => match function(value) {
                Some(path) => keep(&mut self.form, TextForm::With(path), key, "how it is written", errors),
                None => errors.add(value, "`with` names a function from the value's reference to its text; write `with = path::to_text`"),
            },
            Entry::Word(word) if words.iter().any(|known| word == known) && word != "style" => match word.to_string().as_str() {
                "flatten" => keep(&mut self.flatten, word.clone(), word, "`flatten`", errors),
                "allow" => keep(&mut self.allow, word.clone(), word, "`allow`", errors),
                "form" => keep(&mut self.body, (word.clone(), BodyForm::Form), word, "how it is written", errors),
                _ => keep(&mut self.body, (word.clone(), BodyForm::Json), word, "how it is written", errors),
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
        let Row { word, named, words, example, .. } = *self.row;
        let mut known: Vec<&str> = words.to_vec();
        if named {
            known.extend(FORMS);
        }
        let key = entry.key().map(ToString::to_string).unwrap_or_default();
        let otherwise = match (known.is_empty(), named) {
            (true, _) => format!("write `#[{word}]` alone"),
            (false, true) => format!(
                "write a name as `{example}`, or {}",
                spell::list(known.iter().copied(), "or")
            ),
            (false, false) => format!("write {}", spell::list(known.iter().copied(), "or")),
        };
        let repair = match key.as_str() {
            "style" if word == "part" => "a list repeats the part; write `#[part]`".to_owned(),
            "style" if words.contains(&"style") => "write `style = csv`".to_owned(),
            "style" => "mark it `#[query(style = csv)]`".to_owned(),
            "with" if named => "write `with = path::to_text`".to_owned(),
            "name" if named => format!("write the name without a key, `{example}`"),
            "multipart" if word == "body" => "mark each part `#[part]`".to_owned(),
            "text" if word == "body" => "write `#[body]` on a `String`".to_owned(),
            "file_name" | "filename" | "content_type" if word == "part" => {
                format!("write `feign::Part` as the type, which says its own `{key}`")
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
        let word = self.word();
        if let Some(name) = &self.name {
            errors.add(name, format!("`flatten` takes the names from the value's fields; take the name away, or write `#[{word}(\"name\")]` without `flatten`"));
        }
        if let Some((key, _)) = &self.style {
            errors.add(key, format!("`flatten` writes one parameter for each field; take `style` away, or write `#[{word}(style = ..)]` without `flatten`"));
        }
        if self.form.is_some() {
            errors.add(self.attribute, format!("`flatten` writes what `Serialize` shows; take `display`, `serde` or `with` away, or write `#[{word}(flatten)]` alone"));
        }
    }

    /// A part is text or JSON.
    fn check_json_part(&self, errors: &mut Errors) {
        if let (MarkKind::Part, Some((json, _)), Some(_)) = (self.kind, &self.body, &self.form) {
            errors.add(json, "`json` writes what `Serialize` shows, and `display`, `serde` and `with` write text; write one of them");
        }
    }
}

pub(crate) fn function(value: &Expr) -> Option<Path> {
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
