//! `#[get("/items/{sku}")]` and its like.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Attribute, Ident, Lit, LitStr};

use super::entry::{Entry, entries};
use crate::errors::Errors;

/// Verbs that have an attribute of their own.
pub(crate) const VERBS: [(&str, &str); 7] = [
    ("get", "Get"),
    ("post", "Post"),
    ("put", "Put"),
    ("delete", "Delete"),
    ("patch", "Patch"),
    ("head", "Head"),
    ("options", "Options"),
];

/// The verb of an operation, in capitals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Verb(String);

impl Verb {
    fn of_attribute(ident: &Ident) -> Self {
        Self(ident.to_string().to_uppercase())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// RFC 9110 §9.2.2
    pub(crate) fn is_idempotent(&self) -> bool {
        matches!(self.as_str(), "GET" | "HEAD" | "PUT" | "DELETE" | "OPTIONS" | "TRACE")
    }

    /// Whether a body means nothing to the server (RFC 9110 §9.3.1 and §9.3.2).
    pub(crate) fn is_bodyless(&self) -> bool {
        matches!(self.as_str(), "GET" | "HEAD")
    }

    /// Returns `Verb::Get`, behind a path to the runtime.
    pub(crate) fn runtime(&self, private: &TokenStream) -> TokenStream {
        let name = self.as_str();
        match VERBS.iter().find(|(attribute, _)| attribute.eq_ignore_ascii_case(name)) {
            Some((_, variant)) => {
                let variant = Ident::new(variant, proc_macro2::Span::call_site());
                quote!(#private::Verb::#variant)
            }
            None => quote!(#private::Verb::Custom(#name)),
        }
    }
}

/// The attribute that makes an operation of a method.
pub(crate) struct Route<'a> {
    pub(crate) attribute: &'a Attribute,
    /// `None` after a mistake in it.
    pub(crate) verb: Option<Verb>,
    pub(crate) path: RoutePath,
}

pub(crate) enum RoutePath {
    /// `#[get]`
    None,
    Text(LitStr),
    /// A mistake that is recorded.
    Bad,
}

impl<'a> Route<'a> {
    /// Reads an attribute whose name is a verb or `request`.
    pub(crate) fn read(attribute: &'a Attribute, name: &Ident, errors: &mut Errors) -> Self {
        if name == "request" {
            return Self::read_request(attribute, errors);
        }
        let form = format!("#[{name}(\"/path\")]");
        let before = errors.len();
        let entries = entries(attribute, &form, errors);
        let mut path = path(entries.first(), &form, errors);
        if errors.len() > before {
            path = RoutePath::Bad;
        }
        if let Some(more) = entries.get(1) {
            refuse_more(more, &form, errors);
        }
        Self { attribute, verb: Some(Verb::of_attribute(name)), path }
    }

    /// Reads `#[request("PURGE", "/cache/{id}")]`.
    fn read_request(attribute: &'a Attribute, errors: &mut Errors) -> Self {
        let form = "#[request(\"PURGE\", \"/path\")]";
        let before = errors.len();
        let entries = entries(attribute, form, errors);
        let verb = match entries.first() {
            Some(Entry::Literal(Lit::Str(verb))) => custom_verb(verb, errors),
            Some(other) => {
                errors.add(
                    other,
                    format!("the verb of `#[request]` is a string literal; write `{form}`"),
                );
                None
            }
            None if errors.len() == before => {
                errors.add(attribute, format!("`#[request]` names no verb; write `{form}`"));
                None
            }
            None => None,
        };
        if let Some(more) = entries.get(2) {
            refuse_more(more, form, errors);
        }
        let path = match (path(entries.get(1), form, errors), &verb) {
            // One mistake: what should be the verb is the path, or nothing is there.
            (RoutePath::None, None) => RoutePath::Bad,
            (path, _) => path,
        };
        Self { attribute, verb, path }
    }
}

fn path(entry: Option<&Entry>, form: &str, errors: &mut Errors) -> RoutePath {
    match entry {
        None => RoutePath::None,
        Some(Entry::Literal(Lit::Str(path))) => RoutePath::Text(path.clone()),
        Some(other) => {
            errors.add(other, format!("the path is cut when the macro runs, so it must be a string literal; write `{form}`"));
            RoutePath::Bad
        }
    }
}

fn refuse_more(more: &Entry, form: &str, errors: &mut Errors) {
    let repair = match more.key() {
        Some(key) if super::METHOD.iter().any(|name| key == name) => {
            format!("write `#[{key}(..)]` as an attribute of its own")
        }
        _ => format!("write `{form}`"),
    };
    errors.add(more, format!("nothing stands behind the path; {repair}"));
}

/// A verb is a token of RFC 9110 §5.6.2, and its case counts.
fn custom_verb(verb: &LitStr, errors: &mut Errors) -> Option<Verb> {
    let name = verb.value();
    let lower = name.to_lowercase();
    let message = if name.is_empty() {
        "the verb is empty; write `#[request(\"PURGE\", \"/path\")]`".to_owned()
    } else if name.starts_with('/') {
        format!(
            "`#[request]` names no verb before its path; write `#[request(\"PURGE\", \"{name}\")]`"
        )
    } else if !super::is_token(&name) {
        format!(
            "`{}` is not a verb, which is made of letters, digits and `!#$%&'*+-.^_`|~`; write `#[request(\"PURGE\", ..)]`",
            name.escape_debug()
        )
    } else if VERBS.iter().any(|(known, _)| *known == lower) {
        format!("`{name}` has an attribute of its own; write `#[{lower}(..)]`")
    } else if name == "CONNECT" {
        "`CONNECT` opens a tunnel and is no request to a resource; write another verb".to_owned()
    } else if name != name.to_uppercase() {
        format!(
            "the case of a verb counts, and verbs are in capitals; write `{}`",
            name.to_uppercase()
        )
    } else {
        return Some(Verb(name));
    };
    errors.add(verb, message);
    None
}

impl ToTokens for Route<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.attribute.to_tokens(tokens);
    }
}
