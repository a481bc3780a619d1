//! The trait as a whole.

use proc_macro2::{Span, TokenStream};
use syn::{Ident, ItemTrait, TraitItem, TraitItemConst};

use super::args::Args;
use super::attrs::{Attributes, StaticHeader};
use super::method::{self, Event};
use super::rules;
use crate::attrs::Passing;
use crate::errors::Errors;
use crate::model::Method;
use crate::syntax;

/// The annotated trait and the publisher that is made of it.
pub(crate) struct Publisher<'a> {
    pub(crate) original: &'a ItemTrait,
    pub(crate) args: Args,
    pub(crate) headers: Vec<StaticHeader>,
    pub(crate) passing: Passing<'a>,
    /// The generated type.
    pub(crate) name: Ident,
    pub(crate) members: Vec<Member<'a>>,
}

pub(crate) enum Member<'a> {
    Event(Box<Event<'a>>),
    Default(Method<'a>),
    Const(&'a TraitItemConst),
}

impl<'a> Publisher<'a> {
    pub(crate) fn new(args: TokenStream, original: &'a ItemTrait, errors: &mut Errors) -> Self {
        let args = Args::read(args, errors);
        let attributes = Attributes::of_trait(&original.attrs, errors);
        let members = members(original, &args, errors);
        let name = name(&args, original, errors);
        let Attributes { headers, passing, .. } = attributes;
        let publisher = Self { original, args, headers, passing, name, members };
        rules::publisher(&publisher, errors);
        publisher
    }

    pub(crate) fn events(&self) -> impl Iterator<Item = &Event<'a>> {
        self.members.iter().filter_map(|member| match member {
            Member::Event(event) => Some(&**event),
            Member::Default(_) | Member::Const(_) => None,
        })
    }
}

/// `OrderEventsPublisher`, found where the trait's name stands.
fn name(args: &Args, original: &ItemTrait, errors: &mut Errors) -> Ident {
    let ident = &original.ident;
    let span = Span::call_site().located_at(ident.span());
    let own = Ident::new(&format!("{}Publisher", syntax::plain(ident)), span);
    let Some(name) = &args.name else { return own };
    let twin = format!("Dyn{}", syntax::plain(ident));
    if name == ident || (args.dynamic.is_some() && *name == twin) {
        errors.add(name, format!("`{name}` names a trait already; write another name for the publisher, as `name = {own}`"));
        return own;
    }
    name.clone()
}

fn members<'a>(original: &'a ItemTrait, args: &Args, errors: &mut Errors) -> Vec<Member<'a>> {
    let mut members: Vec<Member<'a>> = Vec::new();
    for item in &original.items {
        let Some(member) = member(item, args, original, errors) else { continue };
        if let Some(method) = member.method()
            && is_twice(method, &members, errors)
        {
            continue;
        }
        members.push(member);
    }
    members
}

/// Two methods of one name are one too many, unless `#[cfg]` chooses.
fn is_twice(method: &Method<'_>, members: &[Member<'_>], errors: &mut Errors) -> bool {
    let ident = &method.original.sig.ident;
    let mut others = members.iter().filter_map(Member::method);
    let twice = others.any(|other| {
        let chosen = !method.passing.everywhere.is_empty() && !other.passing.everywhere.is_empty();
        other.original.sig.ident == *ident && !chosen
    });
    if twice {
        errors.add(
            ident,
            format!("there are two methods `{ident}`; write another name, or `#[cfg]` on both"),
        );
    }
    twice
}

fn member<'a>(
    item: &'a TraitItem,
    args: &Args,
    original: &ItemTrait,
    errors: &mut Errors,
) -> Option<Member<'a>> {
    match item {
        TraitItem::Fn(function) => return Some(method::member(function, args, errors)),
        TraitItem::Const(constant) if constant.default.is_some() => {
            return Some(Member::Const(constant));
        }
        TraitItem::Const(constant) => errors.add(&constant.ident, format!("the publisher that is generated cannot know the value of `{}`; write `= ..` behind its type", constant.ident)),
        TraitItem::Type(ty) => errors.add(&ty.ident, format!("the publisher that is generated cannot know the type `{0}`; write it as a parameter of the trait, `trait {1}<{0}>`", ty.ident, original.ident)),
        TraitItem::Macro(call) => errors.add(&call.mac.path, "what a macro writes here is hidden from `#[publisher]`; write the methods out"),
        other => errors.add(other, "`#[publisher]` does not know this member; write methods, and consts with a value"),
    }
    None
}

impl<'a> Member<'a> {
    pub(crate) fn method(&self) -> Option<&Method<'a>> {
        match self {
            Self::Event(event) => Some(&event.method),
            Self::Default(method) => Some(method),
            Self::Const(_) => None,
        }
    }
}
