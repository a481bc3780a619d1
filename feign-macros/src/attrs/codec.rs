//! `#[codec(path::to::Codec)]`

use syn::{Attribute, Meta, Path};

use crate::errors::Errors;

const FORM: &str = "#[codec(feign::codec::MsgPack)]";

/// Reads the path of a codec; what it names is found by the compiler.
pub(crate) fn read(attribute: &Attribute, errors: &mut Errors) -> Option<Path> {
    let Meta::List(list) = &attribute.meta else {
        errors.add(attribute, format!("`#[codec]` names no codec; write `{FORM}`"));
        return None;
    };
    let path = syn::parse2(list.tokens.clone()).ok();
    if path.is_none() && list.tokens.is_empty() {
        errors.add(attribute, format!("`#[codec]` names no codec; write `{FORM}`"));
    } else if path.is_none() {
        errors.add(&list.tokens, format!("a codec is a type, named by its path; write `{FORM}`"));
    }
    path
}
