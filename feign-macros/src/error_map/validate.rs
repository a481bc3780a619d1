//! Rules across attributes: one `check_*` each. Reads the model and never changes it.

use syn::{Data, Ident};

use super::model::{ErrorMap, Field, Role, Rule, Shape, Variant};
use super::status::Range;
use crate::errors::Errors;

pub(super) fn check(map: &ErrorMap<'_>, errors: &mut Errors) {
    check_borrow(map, errors);
    check_union(map, errors);
    match &map.shape {
        Shape::Enum(variants) => check_enum(map, variants, errors),
        Shape::Struct(fields) => {
            check_no_code(map, errors);
            check_keeps(&map.input.ident, Role::Otherwise, fields, errors);
            check_fields(Role::Otherwise, fields, errors);
        }
        Shape::Union => {}
    }
}

fn check_enum(map: &ErrorMap<'_>, variants: &[Variant<'_>], errors: &mut Errors) {
    check_otherwise(map, variants, errors);
    check_unmarked(variants, errors);
    check_codes(map, variants, errors);
    check_claims(variants, errors);
    for variant in variants {
        check_role(variant, errors);
        check_keeps(variant.ident, variant.role(), &variant.fields, errors);
        check_fields(variant.role(), &variant.fields, errors);
    }
}

/// The error is gone when the type has been made of it.
fn check_borrow(map: &ErrorMap<'_>, errors: &mut Errors) {
    if let Some(lifetime) = map.input.generics.lifetimes().next() {
        let (ident, lifetime) = (&map.input.ident, &lifetime.lifetime);
        let message = format!(
            "`{ident}` cannot borrow from the error it is made of; take `{lifetime}` away and write types that own \
             their data"
        );
        errors.add(lifetime, message);
    }
}

fn check_union(map: &ErrorMap<'_>, errors: &mut Errors) {
    if let Data::Union(data) = &map.input.data {
        errors.add(
            data.union_token,
            "`ErrorMap` cannot be derived for a union; write an enum or a struct",
        );
    }
}

/// A struct takes every error, whatever its code.
fn check_no_code(map: &ErrorMap<'_>, errors: &mut Errors) {
    if let Some(code) = map.code {
        let message = "`#[code]` tells the variants of an enum apart and does nothing on a struct; write a \
                       field such as `Option<Json<T>>` to read the code by";
        errors.add(&code.meta, message);
    }
}

/// Some errors have no status, so one variant takes what is left; a variant without a mark is
/// told in its own message that it might be this one.
fn check_otherwise(map: &ErrorMap<'_>, variants: &[Variant<'_>], errors: &mut Errors) {
    let mut found = variants
        .iter()
        .flat_map(|variant| variant.otherwise.iter().map(move |mark| (variant, mark)));
    if let Some((first, _)) = found.next() {
        for (_, second) in found {
            let message = format!(
                "`#[otherwise]` stands on `{}` too, and what is left goes to one variant; write `#[status(..)]` on the other one",
                first.ident
            );
            errors.add(&second.meta, message);
        }
    } else if !variants.iter().any(|variant| variant.role() == Role::Unmarked) {
        let ident = &map.input.ident;
        let message = format!(
            "`{ident}` has no `#[otherwise]`, and every error has to become something; write \
             `#[otherwise] Other(feign::Error)`"
        );
        errors.add(ident, message);
    }
}

/// A variant that nothing leads to is a mistake more often than a wish.
fn check_unmarked(variants: &[Variant<'_>], errors: &mut Errors) {
    let repair = if variants.iter().any(|variant| variant.role() == Role::Otherwise) {
        "for it has no `#[status]`; mark it `#[status(..)]` or `#[error_map(skip)]`"
    } else {
        "and no variant takes what is left; mark it `#[otherwise]`, `#[status(..)]` or `#[error_map(skip)]`"
    };
    for variant in variants.iter().filter(|variant| variant.role() == Role::Unmarked) {
        errors.add(variant.ident, format!("`{}` would never be made, {repair}", variant.ident));
    }
}

/// A code needs its place, and the place a code. Once is enough.
fn check_codes(map: &ErrorMap<'_>, variants: &[Variant<'_>], errors: &mut Errors) {
    let asked = variants.iter().any(|variant| variant.asks_code);
    if let (Some(pointer), false) = (&map.pointer, asked) {
        let message = "no variant asks for this code; write `#[status(409, code = \"..\")]` on one, or take it away";
        errors.add(pointer, message);
    }
    let first =
        variants.iter().flat_map(|variant| &variant.rules).find_map(|rule| rule.code.as_ref());
    if let (Some(code), None) = (first, map.code) {
        let message = "the enum does not say where a code stands in the body; write `#[code(\"/code\")]` above it";
        errors.add(&code.key, message);
    }
}

/// What leads to two variants leads to neither.
fn check_claims(variants: &[Variant<'_>], errors: &mut Errors) {
    let mut claims: Vec<(Range, Option<&str>, &Ident)> = Vec::new();
    for variant in variants {
        for Rule { status, code } in &variant.rules {
            let code = code.as_ref().map(|code| code.text.as_str());
            match claims.iter().find(|claim| (claim.0, claim.1) == (status.range, code)) {
                Some((.., by)) => {
                    errors.add(&status.literal, claimed_message(&status.literal, code, by))
                }
                None => claims.push((status.range, code, variant.ident)),
            }
        }
    }
}

fn claimed_message(literal: &syn::LitInt, code: Option<&str>, by: &Ident) -> String {
    match code {
        Some(code) => format!(
            "`{literal}` with the code `{code}` is mapped to `{by}` already; write another code here, or take it away"
        ),
        None => format!(
            "`{literal}` is mapped to `{by}` already; write `code = \"..\"` beside it to tell them apart, or take it away"
        ),
    }
}

/// A variant is made or skipped.
fn check_role(variant: &Variant<'_>, errors: &mut Errors) {
    let Some(skip) = variant.skip else { return };
    if !variant.status.is_empty() || !variant.otherwise.is_empty() {
        let message = "a variant is made by the map or skipped; write one of the two marks";
        errors.add(&skip.meta, message);
    }
}

/// Nothing may be lost. Where there are unmarked fields, their types decide.
fn check_keeps(ident: &Ident, role: Role, fields: &[Field<'_>], errors: &mut Errors) {
    if role == Role::Otherwise && !fields.iter().any(Field::is_unmarked) {
        let message = format!(
            "`{ident}` takes errors of every kind and does not keep them; write a field of the type `feign::Error`"
        );
        errors.add(ident, message);
    }
}

fn check_fields(role: Role, fields: &[Field<'_>], errors: &mut Errors) {
    for field in fields {
        check_mark(role, field, errors);
        check_from(role, field, errors);
    }
}

/// Every option acts, or is refused.
fn check_mark(role: Role, field: &Field<'_>, errors: &mut Errors) {
    if let (Some(mark), Role::Skipped) = (field.mark, role) {
        errors.add(
            &mark.meta,
            "nothing is read for a variant that is `#[error_map(skip)]`; mark the variant `#[status(..)]`, or take this away",
        );
    }
}

/// thiserror's impl would win over the map wherever `?` is written.
fn check_from(role: Role, field: &Field<'_>, errors: &mut Errors) {
    let refused = match role {
        Role::Mapped | Role::Otherwise => true,
        Role::Skipped | Role::Unmarked => field.looks_whole(),
    };
    if let (Some(from), true) = (field.from, refused) {
        let message = "`#[from]` would take every `feign::Error` that comes by `?` past the map; take it away and \
                       write `Other(feign::Error)` (`#[error(transparent)]` or `#[source]` still gives its source)";
        errors.add(&from.meta, message);
    }
}
