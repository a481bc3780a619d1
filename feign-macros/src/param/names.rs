//! The names of an enum's variants.

use syn::{DataEnum, Fields, Ident, Variant};

use super::attributes::{Container, renamed};
use crate::errors::Errors;
use crate::syntax;

/// Returns each variant with its name; each name is one variant's.
pub(super) fn names<'a>(
    data: &'a DataEnum,
    container: &Container,
    errors: &mut Errors,
) -> Vec<(&'a Ident, String)> {
    let mut names: Vec<(&Ident, String)> = Vec::new();
    for variant in &data.variants {
        if !matches!(variant.fields, Fields::Unit) {
            let ident = &variant.ident;
            errors.add(ident, format!("`{ident}` holds a value, so it has no one text; write a variant without fields, mark the argument `serde` or `display`, or write `impl feign::param::Param` for the type"));
            continue;
        }
        let name = name(variant, container, errors);
        if let Some((other, _)) = names.iter().find(|(_, known)| *known == name) {
            errors.add(&variant.ident, format!("`{other}` and `{}` would both be sent as `{name}`; write another `rename` for one of them", variant.ident));
            continue;
        }
        names.push((&variant.ident, name));
    }
    names
}

fn name(variant: &Variant, container: &Container, errors: &mut Errors) -> String {
    let plain = syntax::plain(&variant.ident);
    renamed(&variant.attrs, errors).map_or_else(
        || container.rename_all.map_or_else(|| plain.clone(), |rule| rule.variant(&plain)),
        |name| name.value(),
    )
}
