//! The trait, as the user wrote it but for `Send + Sync` and `impl Future + Send`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Block, Signature};

use super::signature;
use crate::model::{Client, Member, Method, Operation};

pub(super) fn declaration(client: &Client<'_>, stub: bool) -> TokenStream {
    let original = client.original;
    let attributes = client.passing.everywhere.iter().chain(&client.passing.declaration);
    let (vis, ident) = (&original.vis, &original.ident);
    let (params, predicates) = (&original.generics.params, &original.generics.where_clause);
    let params = (!params.is_empty()).then(|| quote!(<#params>));
    let supertraits = original.supertraits.iter();
    let members = client.members.iter().filter_map(|member| self::member(member, client, stub));
    quote! {
        #(#attributes)*
        #vis trait #ident #params: #(#supertraits +)* ::core::marker::Send + ::core::marker::Sync #predicates {
            #(#members)*
        }
    }
}

fn member(member: &Member<'_>, client: &Client<'_>, stub: bool) -> Option<TokenStream> {
    match member {
        Member::Operation(operation) => Some(declared(operation, client, stub)),
        Member::Default(method) => default(method, stub),
        Member::Const(constant) => Some(quote!(#constant)),
    }
}

fn declared(operation: &Operation<'_>, client: &Client<'_>, stub: bool) -> TokenStream {
    let passing = &operation.method.passing;
    let attributes = passing.everywhere.iter().chain(&passing.declaration);
    let mut declared = signature::declared(&operation.method.original.sig);
    if stub {
        signature::named(&mut declared);
        declared.constness = None;
    }
    if client.args.partial.is_some() && !stub {
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
fn default(method: &Method<'_>, stub: bool) -> Option<TokenStream> {
    let original = method.original;
    let passing = &method.passing;
    let attributes = passing.everywhere.iter().chain(&passing.declaration).chain(&passing.client);
    let mut declared = signature::declared(&original.sig);
    match &original.default {
        Some(block) => {
            let body = body(&original.sig, block);
            Some(quote!(#(#attributes)* #declared #body))
        }
        None if stub && can_be_stub(&original.sig) => {
            signature::named(&mut declared);
            declared.constness = None;
            Some(quote!(#(#attributes)* #declared;))
        }
        None => None,
    }
}

/// Whether a body that never answers fits the signature.
pub(super) fn can_be_stub(signature: &Signature) -> bool {
    let output = signature::output(signature);
    crate::syntax::find_impl(output).is_none()
}

fn body(signature: &Signature, block: &Block) -> TokenStream {
    if signature.asyncness.is_some() { quote!({ async move #block }) } else { quote!(#block) }
}
