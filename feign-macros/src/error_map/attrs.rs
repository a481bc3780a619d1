//! The helper attributes: which there are, where each may stand, and what those say that are
//! about no status.

use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Attribute, Ident, LitStr, Meta, Path, Token};

use super::literal;
use crate::errors::Errors;
use crate::syntax;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Type,
    Variant,
    Field,
}

/// Name, places, and how the places are called.
const HELPERS: [(&str, &[Place], &str); 6] = [
    (
        "code",
        &[Place::Type],
        "on the enum (a variant has its code in `#[status(409, code = \"..\")]`)",
    ),
    ("error_map", &[Place::Type, Place::Variant], "on the type or on a variant"),
    ("header", &[Place::Field], "on a field"),
    ("otherwise", &[Place::Variant], "on a variant of an enum"),
    ("retry_after", &[Place::Field], "on a field"),
    (
        "status",
        &[Place::Variant],
        "on a variant of an enum (a field of the type `StatusCode` needs no mark)",
    ),
];

/// Our attributes among `attributes`, each with its name; what is out of place is left out.
pub(super) fn helpers<'a>(
    attributes: &'a [Attribute],
    place: Place,
    errors: &mut Errors,
) -> Vec<(&'static str, &'a Attribute)> {
    let mut found = Vec::new();
    for attribute in attributes {
        let Some((name, places, home)) =
            HELPERS.iter().find(|(name, ..)| attribute.path().is_ident(name))
        else {
            continue;
        };
        if places.contains(&place) {
            found.push((*name, attribute));
        } else {
            errors.add(&attribute.meta, format!("`#[{name}]` does nothing here; write it {home}"));
        }
    }
    found
}

/// `#[code("/pointer")]`.
pub(super) fn read_code(attribute: &Attribute, errors: &mut Errors) -> Option<LitStr> {
    let Ok(pointer) = attribute.parse_args::<LitStr>() else {
        errors.add(
            &attribute.meta,
            "`#[code]` takes a JSON pointer into the error body; write it like `#[code(\"/code\")]`",
        );
        return None;
    };
    match literal::check_pointer(&pointer.value()) {
        Ok(()) => Some(pointer),
        Err(message) => {
            errors.add(&pointer, message);
            None
        }
    }
}

/// `#[error_map(crate = path)]`.
pub(super) fn read_crate(attribute: &Attribute, errors: &mut Errors) -> Option<Path> {
    let parse = |input: ParseStream<'_>| -> syn::Result<Path> {
        let key = input.call(Ident::parse_any)?;
        input.parse::<Token![=]>()?;
        if key != "crate" {
            return Err(syn::Error::new(key.span(), "unknown key"));
        }
        let path = input.call(Path::parse_mod_style)?;
        input.parse::<Option<Token![,]>>()?;
        Ok(path)
    };
    let Ok(path) = attribute.parse_args_with(parse) else {
        errors.add(
            &attribute.meta,
            "on a type, `#[error_map]` says where `feign` is; write it like `#[error_map(crate = ::my::feign)]`",
        );
        return None;
    };
    if is_absolute(&path) {
        return Some(path);
    }
    let text = syntax::show(&path);
    let message = format!(
        "`{text}` is a relative path, and `feign` is named by an absolute one; write `::{text}` or `crate::{text}`"
    );
    errors.add(&path, message);
    None
}

fn is_absolute(path: &Path) -> bool {
    // `$crate` reaches a macro as one identifier.
    let rooted = |ident: &Ident| ident == "crate" || ident == "$crate";
    path.leading_colon.is_some() || path.segments.first().is_some_and(|first| rooted(&first.ident))
}

/// `#[error_map(skip)]`.
pub(super) fn check_skip(attribute: &Attribute, errors: &mut Errors) {
    if !attribute.parse_args::<Ident>().is_ok_and(|key| key == "skip") {
        errors.add(
            &attribute.meta,
            "on a variant, `#[error_map]` takes one word; write `#[error_map(skip)]`",
        );
    }
}

/// `#[otherwise]` and `#[retry_after]`, which take nothing.
pub(super) fn check_bare(name: &str, attribute: &Attribute, errors: &mut Errors) {
    if !matches!(attribute.meta, Meta::Path(_)) {
        errors.add(&attribute.meta, format!("`#[{name}]` takes nothing; write `#[{name}]`"));
    }
}

/// `#[header("x-code")]`, or `#[header]` on a field whose name says it.
pub(super) fn read_header(
    attribute: &Attribute,
    field: Option<&Ident>,
    errors: &mut Errors,
) -> Option<String> {
    let name = match (&attribute.meta, field) {
        (Meta::Path(_), Some(field)) => {
            LitStr::new(&syntax::plain(field).replace('_', "-"), field.span())
        }
        _ => {
            match attribute.parse_args::<LitStr>() {
                Ok(name) => name,
                Err(_) => {
                    errors.add(&attribute.meta, "`#[header]` takes the name of a header; write it like `#[header(\"x-code\")]`");
                    return None;
                }
            }
        }
    };
    match literal::check_header_name(&name.value()) {
        Ok(name) => Some(name),
        Err(message) => {
            errors.add(&name, message);
            None
        }
    }
}
