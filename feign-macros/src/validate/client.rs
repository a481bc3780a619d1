//! Rules for the trait as a whole.

use syn::TraitItemConst;

use super::operation;
use crate::errors::Errors;
use crate::model::{Client, Member, Operation, Role};

pub(crate) fn client(client: &Client<'_>, errors: &mut Errors) {
    check_qualifiers(client, errors);
    check_constants(client, errors);
    check_compress(client, errors);
    if let Some(timeouts) = &client.settings.timeouts {
        operation::timeouts(timeouts, timeouts, errors);
    }
}

/// What stands on the trait acts on some method of it.
fn check_compress(client: &Client<'_>, errors: &mut Errors) {
    let Some(compress) = &client.settings.compress else { return };
    let acts = |operation: &Operation<'_>| {
        operation
            .arguments
            .iter()
            .any(|argument| argument.role.is_content() || argument.role == Role::Unknown)
    };
    if compress.coding.is_none() {
        errors.add(&compress.attribute, "nothing is compressed unless it is said; take `#[compress(none)]` away, or write a coding, `#[compress(gzip)]`");
    } else if !client.operations().any(acts) {
        errors.add(&compress.attribute, "no method here has a body to compress; mark an argument `#[body]`, or take `#[compress]` away");
    }
}

fn check_qualifiers(client: &Client<'_>, errors: &mut Errors) {
    if let Some(unsafety) = &client.original.unsafety {
        errors.add(unsafety, "a client trait is implemented by the macro and asks nothing unsafe; write `trait` alone");
    }
    if let Some(auto) = &client.original.modifiers.auto_token {
        errors.add(auto, "an auto trait has no methods; write `trait` alone");
    }
}

/// Each operation has a constant of its own.
fn check_constants(client: &Client<'_>, errors: &mut Errors) {
    let mut seen: Vec<(&syn::Ident, &str, bool)> = Vec::new();
    for operation in client.operations() {
        let constant = &operation.constant;
        let chosen = !operation.method.passing.everywhere.is_empty();
        let other = seen.iter().find(|(known, _, cfg)| *known == constant && !(*cfg && chosen));
        if let Some((_, other, _)) = other {
            let name = &operation.name;
            errors.add(&operation.method.original.sig.ident, format!("`{other}` and `{name}` would both be the constant `{constant}`; write another name for one of them"));
        }
        seen.push((constant, &operation.name, chosen));
    }
    for constant in consts(client) {
        if let Some((_, other, _)) = seen.iter().find(|(known, ..)| **known == constant.ident) {
            let name = &constant.ident;
            errors.add(name, format!("the constant `{name}` of the trait and that of the operation `{other}` would be one; write another name for one of them"));
        }
    }
}

fn consts<'a>(client: &'a Client<'_>) -> impl Iterator<Item = &'a TraitItemConst> {
    client.members.iter().filter_map(|member| match member {
        Member::Const(constant) => Some(*constant),
        _ => None,
    })
}
