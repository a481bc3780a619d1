//! The trait as a whole.

use proc_macro2::{Span, TokenStream};
use quote::format_ident;
use syn::{GenericParam, Ident, ItemTrait, LitStr, TraitItem, TraitItemFn};

use super::{Client, Member, Method, Scope, operation};
use crate::attrs::{ClientArgs, MethodAttributes, TraitAttributes};
use crate::errors::Errors;
use crate::syntax;
use crate::template::{self, Template};
use crate::validate;

impl<'a> Client<'a> {
    pub(crate) fn new(args: TokenStream, original: &'a ItemTrait, errors: &mut Errors) -> Self {
        let args = ClientArgs::read(args, errors);
        let attributes = TraitAttributes::read(&original.attrs, errors);
        let before = errors.len();
        let base = args.path.as_ref().map(|path| cut(path, errors));
        let base_is_bad = errors.len() > before;
        let scope = Scope {
            client: original,
            base: base.filter(|_| !base_is_bad),
            base_is_bad,
            rename_all: args.rename_all,
            params: args.params.clone(),
            codec: args.codec.clone(),
            dynamic: args.dynamic,
            trait_settings: &attributes.settings,
            base_text: args.path.as_ref().map(LitStr::value),
        };
        let members = members(original, &scope, errors);
        let name = name(&args, original, errors);
        let client = Self {
            original,
            args,
            settings: attributes.settings,
            passing: attributes.passing,
            name,
            members,
        };
        validate::client(&client, errors);
        client
    }
}

/// The name of the generated type, which is not the trait's.
fn name(args: &ClientArgs, original: &ItemTrait, errors: &mut Errors) -> Ident {
    let own = client_name(&original.ident);
    let Some(name) = &args.name else { return own };
    let twin = format!("Dyn{}", syntax::plain(&original.ident));
    if *name == original.ident || (args.dynamic.is_some() && *name == twin) {
        errors.add(name, format!("`{name}` names a trait already; write another name for the client, as `name = {own}`"));
        return own;
    }
    name.clone()
}

/// `InventoryClient`, found where the trait's name stands.
fn client_name(ident: &Ident) -> Ident {
    let span = Span::call_site().located_at(ident.span());
    Ident::new(&format!("{}Client", syntax::plain(ident)), span)
}

/// Cuts the path of the trait.
fn cut(path: &LitStr, errors: &mut Errors) -> Template {
    let text = path.value();
    let mut mistakes = Vec::new();
    let template = template::cut(&text, &mut mistakes);
    if mistakes.is_empty() {
        template::check_path(&text, &template, &mut mistakes);
    }
    for mistake in mistakes {
        errors.add(path, mistake);
    }
    template
}

fn members<'a>(original: &'a ItemTrait, scope: &Scope<'_>, errors: &mut Errors) -> Vec<Member<'a>> {
    if was_async_trait(original) {
        errors.add(&original.ident, "`#[async_trait]` stands above `#[client]` and has boxed every future already; take it away, and write `#[client(dyn)]` where the trait must be an object");
        return original.items.iter().filter_map(as_it_is).collect();
    }
    let mut members: Vec<Member<'a>> = Vec::new();
    for item in &original.items {
        let Some(member) = member(item, scope, errors) else { continue };
        if let Some(method) = member.method()
            && is_twice(method, &members, errors)
        {
            continue;
        }
        members.push(member);
    }
    members
}

/// `#[async_trait]` leaves a lifetime of its name on each method.
fn was_async_trait(original: &ItemTrait) -> bool {
    original.items.iter().any(|item| match item {
        TraitItem::Fn(function) => function.sig.generics.params.iter().any(
            |param| matches!(param, GenericParam::Lifetime(lifetime) if lifetime.lifetime.ident == "async_trait"),
        ),
        _ => false,
    })
}

fn as_it_is(item: &TraitItem) -> Option<Member<'_>> {
    match item {
        TraitItem::Fn(original) => {
            let mut ignored = Errors::default();
            let passing = MethodAttributes::read(&original.attrs, &mut ignored).passing;
            Some(Member::Default(Method { original, passing, broken: original.default.is_none() }))
        }
        TraitItem::Const(constant) => Some(Member::Const(constant)),
        _ => None,
    }
}

/// Two methods of one name are one too many, unless `#[cfg]` chooses.
fn is_twice(method: &Method<'_>, members: &[Member<'_>], errors: &mut Errors) -> bool {
    let ident = &method.original.sig.ident;
    let other =
        members.iter().filter_map(Member::method).find(|other| other.original.sig.ident == *ident);
    let twice = other.is_some_and(|other| {
        method.passing.everywhere.is_empty() || other.passing.everywhere.is_empty()
    });
    if twice {
        errors.add(
            ident,
            format!("there are two methods `{ident}`; write another name, or `#[cfg]` on both"),
        );
    }
    twice
}

fn member<'a>(item: &'a TraitItem, scope: &Scope<'_>, errors: &mut Errors) -> Option<Member<'a>> {
    match item {
        TraitItem::Fn(function) => Some(operation::member(function, scope, errors)),
        TraitItem::Const(constant) => {
            if constant.default.is_none() {
                errors.add(&constant.ident, format!("the client that is generated cannot know the value of `{}`; write `= ..` behind its type", constant.ident));
                return None;
            }
            Some(Member::Const(constant))
        }
        TraitItem::Type(ty) => {
            let ident = &ty.ident;
            errors.add(ident, format!("the client that is generated cannot know the type `{ident}`; write it as a parameter of the trait, `trait {}<{ident}>`", scope.client.ident));
            None
        }
        TraitItem::Macro(macro_call) => {
            errors.add(
                &macro_call.mac.path,
                "what a macro writes here is hidden from `#[client]`; write the methods out",
            );
            None
        }
        other => {
            errors.add(
                other,
                "`#[client]` does not know this member; write methods, and consts with a value",
            );
            None
        }
    }
}

/// The constant of an operation: `item` -> `ITEM`, `r#type` -> `TYPE`.
pub(crate) fn constant_name(function: &TraitItemFn) -> Ident {
    let ident = &function.sig.ident;
    let name = syntax::plain(ident).to_uppercase();
    format_ident!("{name}", span = Span::call_site().located_at(ident.span()))
}
