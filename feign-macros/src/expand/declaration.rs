//! The trait, as the user wrote it but for `Send + Sync` and `impl Future + Send`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Block, Signature};

use super::{Part, Surface, generics, signature};
use crate::model::Method;

pub(crate) fn declaration(client: &dyn Surface) -> TokenStream {
    let (original, passing) = (client.original(), client.passing());
    let attributes = passing.everywhere.iter().chain(&passing.declaration);
    let (vis, ident) = (&original.vis, &original.ident);
    let (params, predicates) = (&original.generics.params, &original.generics.where_clause);
    let params = (!params.is_empty()).then(|| quote!(<#params>));
    let supertraits = generics::all_supertraits(original);
    let members = client.parts().into_iter().filter_map(|part| member(part, client));
    quote! {
        #(#attributes)*
        #vis trait #ident #params: #supertraits #predicates {
            #(#members)*
        }
    }
}

fn member(part: Part<'_>, client: &dyn Surface) -> Option<TokenStream> {
    match part {
        Part::Declared(method, _) if method.broken => broken(method),
        Part::Declared(method, index) => Some(declared(method, client.unexpected(index))),
        Part::Default(method) => default(method),
        Part::Const(constant) => Some(quote!(#constant)),
    }
}

/// With `unexpected`, it has the body that a fake has which does not implement it.
fn declared(method: &Method<'_>, unexpected: Option<TokenStream>) -> TokenStream {
    let passing = &method.passing;
    let attributes = passing.everywhere.iter().chain(&passing.declaration);
    let declared = signature::declared(&method.original.sig);
    let Some(unexpected) = unexpected else { return quote!(#(#attributes)* #declared;) };
    quote! {
        #(#attributes)*
        #[allow(unused_variables, clippy::all, clippy::pedantic, clippy::nursery)]
        #declared {
            async move { ::core::result::Result::Err(::core::convert::From::from(#unexpected)) }
        }
    }
}

/// A method with a body of the user's; one that should have had a verb has none.
fn default(method: &Method<'_>) -> Option<TokenStream> {
    let Some(block) = &method.original.default else { return broken(method) };
    let passing = &method.passing;
    let attributes = passing.everywhere.iter().chain(&passing.declaration).chain(&passing.client);
    let declared = signature::declared(&method.original.sig);
    let body = body(&method.original.sig, block);
    Some(quote!(#(#attributes)* #declared #body))
}

/// What can still be declared of a method with a mistake, so that its uses are none.
fn broken(method: &Method<'_>) -> Option<TokenStream> {
    let passing = &method.passing;
    let attributes = passing.everywhere.iter().chain(&passing.declaration);
    let signature = signature::broken(method)?;
    Some(quote!(#(#attributes)* #signature;))
}

fn body(signature: &Signature, block: &Block) -> TokenStream {
    if signature.asyncness.is_some() { quote!({ async move #block }) } else { quote!(#block) }
}
