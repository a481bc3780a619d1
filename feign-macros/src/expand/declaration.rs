//! The trait, as the user wrote it but for `Send + Sync` and `impl Future + Send`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Block, Signature};

use super::{generics, signature};
use crate::model::{Client, Member, Method, Operation};

pub(super) fn declaration(client: &Client<'_>) -> TokenStream {
    let original = client.original;
    let attributes = client.passing.everywhere.iter().chain(&client.passing.declaration);
    let (vis, ident) = (&original.vis, &original.ident);
    let (params, predicates) = (&original.generics.params, &original.generics.where_clause);
    let params = (!params.is_empty()).then(|| quote!(<#params>));
    let supertraits = generics::all_supertraits(original);
    let members = client.members.iter().filter_map(|member| self::member(member, client));
    quote! {
        #(#attributes)*
        #vis trait #ident #params: #supertraits #predicates {
            #(#members)*
        }
    }
}

fn member(member: &Member<'_>, client: &Client<'_>) -> Option<TokenStream> {
    match member {
        Member::Operation(operation) if operation.method.broken => broken(&operation.method),
        Member::Operation(operation) => Some(declared(operation, client)),
        Member::Default(method) => default(method),
        Member::Const(constant) => Some(quote!(#constant)),
    }
}

fn declared(operation: &Operation<'_>, client: &Client<'_>) -> TokenStream {
    let passing = &operation.method.passing;
    let attributes = passing.everywhere.iter().chain(&passing.declaration);
    let declared = signature::declared(&operation.method.original.sig);
    if client.args.partial.is_some() {
        let body = unexpected(operation, client);
        return quote! {
            #(#attributes)*
            #[allow(unused_variables, clippy::all, clippy::pedantic, clippy::nursery)]
            #declared { #body }
        };
    }
    quote!(#(#attributes)* #declared;)
}

/// What a fake answers for a method that it does not implement.
fn unexpected(operation: &Operation<'_>, client: &Client<'_>) -> TokenStream {
    let private = client.private();
    let name = super::constant::full_name(operation, client);
    quote!(async move { ::core::result::Result::Err(::core::convert::From::from(#private::unexpected(#name))) })
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
