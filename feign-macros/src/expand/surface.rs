//! What every annotated trait has, whatever its methods mean: the trait itself, its generated type, and how
//! each method is filled.

use proc_macro2::TokenStream;
use syn::{Ident, ItemTrait, TraitItemConst};

use super::{constant, method};
use crate::attrs::Passing;
use crate::model::{Client, Member, Method};

/// An annotated trait, as the parts of the output see it that are the same for clients and publishers.
pub(crate) trait Surface {
    fn original(&self) -> &ItemTrait;

    fn passing(&self) -> &Passing<'_>;

    /// The generated type.
    fn name(&self) -> &Ident;

    /// `::feign::__private`
    fn private(&self) -> TokenStream;

    fn parts(&self) -> Vec<Part<'_>>;

    /// What a declared method does.
    fn body(&self, index: usize) -> TokenStream;

    /// The error of a fake that does not implement a declared method, where fakes may do so.
    fn unexpected(&self, index: usize) -> Option<TokenStream>;

    /// What a broken method checks all the same.
    fn checks(&self) -> Option<TokenStream>;
}

/// A member of the trait.
#[derive(Clone, Copy)]
pub(crate) enum Part<'a> {
    /// One that the macro writes, and its place in the model.
    Declared(&'a Method<'a>, usize),
    Default(&'a Method<'a>),
    Const(&'a TraitItemConst),
}

impl<'a> Part<'a> {
    pub(crate) const fn method(self) -> Option<&'a Method<'a>> {
        match self {
            Self::Declared(method, _) | Self::Default(method) => Some(method),
            Self::Const(_) => None,
        }
    }
}

impl Surface for Client<'_> {
    fn original(&self) -> &ItemTrait {
        self.original
    }

    fn passing(&self) -> &Passing<'_> {
        &self.passing
    }

    fn name(&self) -> &Ident {
        &self.name
    }

    fn private(&self) -> TokenStream {
        Client::private(self)
    }

    fn parts(&self) -> Vec<Part<'_>> {
        self.members.iter().enumerate().map(part).collect()
    }

    fn body(&self, index: usize) -> TokenStream {
        match self.members.get(index) {
            Some(Member::Operation(operation)) => method::body(operation, self),
            _ => unreachable!("only operations are declared"),
        }
    }

    fn unexpected(&self, index: usize) -> Option<TokenStream> {
        self.args.partial?;
        let Some(Member::Operation(operation)) = self.members.get(index) else { return None };
        let (private, name) = (Client::private(self), constant::full_name(operation, self));
        Some(quote::quote!(#private::unexpected(#name)))
    }

    fn checks(&self) -> Option<TokenStream> {
        Some(Client::private(self))
    }
}

fn part<'a>((index, member): (usize, &'a Member<'_>)) -> Part<'a> {
    match member {
        Member::Operation(operation) => Part::Declared(&operation.method, index),
        Member::Default(method) => Part::Default(method),
        Member::Const(constant) => Part::Const(constant),
    }
}
