//! From what is written to what is meant; each node keeps its syntax for messages and output.

pub(crate) mod arguments;
mod client;
mod homeless;
mod operation;
mod placing;
mod roles;

pub(crate) use client::constant_name;
use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{Ident, ItemTrait, LitStr, PatType, Path, TraitItemConst, TraitItemFn, Type};

use crate::attrs::{BodyForm, ClientArgs, Log, Passing, Settings, TextForm, Verb};
use crate::rename::RenameRule;
use crate::syntax;
use crate::template::{Sections, Template};

/// The annotated trait and the client that is made of it.
pub(crate) struct Client<'a> {
    pub(crate) original: &'a ItemTrait,
    pub(crate) args: ClientArgs,
    pub(crate) settings: Settings,
    pub(crate) passing: Passing<'a>,
    /// The generated type.
    pub(crate) name: Ident,
    pub(crate) members: Vec<Member<'a>>,
}

pub(crate) enum Member<'a> {
    Operation(Box<Operation<'a>>),
    Default(Method<'a>),
    Const(&'a TraitItemConst),
}

/// A function of the trait, with or without a meaning over HTTP.
pub(crate) struct Method<'a> {
    pub(crate) original: &'a TraitItemFn,
    pub(crate) passing: Passing<'a>,
    /// A mistake in it is recorded: it is declared as well as it can be, and never answers.
    pub(crate) broken: bool,
}

/// A method as an HTTP exchange.
pub(crate) struct Operation<'a> {
    pub(crate) method: Method<'a>,
    /// Its name without `r#`.
    pub(crate) name: String,
    /// `ITEM`, the name of its constant.
    pub(crate) constant: Ident,
    /// `None` after a mistake in it.
    pub(crate) verb: Option<Verb>,
    /// Where its mistakes about the path are shown.
    pub(crate) path: Option<LitStr>,
    /// Its path joined to the trait's; `None` for a link, or after a mistake in one of them.
    pub(crate) template: Option<Sections>,
    pub(crate) arguments: Vec<Argument<'a>>,
    pub(crate) bindings: Vec<Binding>,
    pub(crate) idempotent: bool,
    pub(crate) key: Option<String>,
    pub(crate) codec: Option<Path>,
    /// The level of its own, where it says one.
    pub(crate) log: Option<Log>,
    pub(crate) settings: Settings,
    /// The declared result.
    pub(crate) output: Output<'a>,
}

/// What stands behind `->`.
#[derive(Clone, Copy)]
pub(crate) enum Output<'a> {
    Unit,
    Type(&'a Type),
}

/// A variable of the template, and the argument that fills it.
pub(crate) struct Binding {
    pub(crate) variable: String,
    pub(crate) argument: usize,
}

pub(crate) struct Argument<'a> {
    pub(crate) original: &'a PatType,
    pub(crate) ident: Ident,
    /// Its name without `r#`.
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) form: Option<TextForm>,
    /// Whether the call is hashed by it.
    pub(crate) key: Option<Key>,
    /// Whether it is shown to nobody.
    pub(crate) sensitive: bool,
}

/// What is hashed of an argument.
pub(crate) struct Key {
    pub(crate) form: Option<TextForm>,
}

/// What an argument is for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Role {
    /// It fills a variable of the template.
    Template,
    Query {
        name: String,
        style: &'static str,
    },
    Flatten,
    Header {
        name: String,
    },
    Headers,
    Cookie {
        name: String,
    },
    Link,
    Body {
        form: Option<BodyForm>,
    },
    Form {
        name: String,
        style: &'static str,
    },
    FlattenForm,
    Part {
        name: String,
        json: bool,
    },
    /// It is not sent: the call is hashed by it.
    Key,
    /// A mistake is recorded.
    Unknown,
}

/// What the methods of a trait share when they are modelled.
pub(crate) struct Scope<'a> {
    pub(crate) client: &'a ItemTrait,
    pub(crate) base: Option<Template>,
    /// The trait's path has a mistake, so nothing is said about variables.
    pub(crate) base_is_bad: bool,
    pub(crate) rename_all: Option<RenameRule>,
    pub(crate) params: Option<TextForm>,
    pub(crate) codec: Option<Path>,
    pub(crate) dynamic: Option<Span>,
    pub(crate) trait_settings: &'a Settings,
    pub(crate) base_text: Option<String>,
}

impl Argument<'_> {
    /// The type that a push is made for: what stands behind a written `&`.
    pub(crate) fn value_type(&self) -> &Type {
        syntax::reference(&self.original.ty)
            .map_or_else(|| syntax::peel(&self.original.ty), |reference| &reference.elem)
    }

    pub(crate) fn is_reference(&self) -> bool {
        syntax::reference(&self.original.ty).is_some()
    }
}

impl Client<'_> {
    /// `::feign::__private`, or below the path that `crate = ..` says.
    pub(crate) fn private(&self) -> TokenStream {
        private(self.args.krate.as_ref())
    }

    pub(crate) fn operations(&self) -> impl Iterator<Item = &Operation<'_>> {
        self.members.iter().filter_map(|member| match member {
            Member::Operation(operation) => Some(&**operation),
            _ => None,
        })
    }
}

pub(crate) fn private(krate: Option<&Path>) -> TokenStream {
    let krate = krate.map_or_else(|| quote!(::feign), syntax::ours);
    quote!(#krate::__private)
}

impl Role {
    /// Whether the argument becomes the body, or some of it.
    pub(crate) const fn is_content(&self) -> bool {
        matches!(
            self,
            Self::Body { .. } | Self::Form { .. } | Self::FlattenForm | Self::Part { .. }
        )
    }
}

impl Operation<'_> {
    /// Whether `#[cfg]` chooses it, perhaps among others of its name.
    pub(crate) fn is_chosen(&self) -> bool {
        !self.method.passing.everywhere.is_empty()
    }
}

impl Member<'_> {
    pub(crate) fn method(&self) -> Option<&Method<'_>> {
        match self {
            Self::Operation(operation) => Some(&operation.method),
            Self::Default(method) => Some(method),
            Self::Const(_) => None,
        }
    }
}
