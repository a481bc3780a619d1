//! `impl Inventory for InventoryClient`.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::TypeParamBound;

use super::client::everywhere;
use super::{declaration, generics, method, signature};
use crate::model::{Client, Member, Method, Operation};

pub(super) fn implementation(client: &Client<'_>, stub: bool) -> TokenStream {
    let original = client.original;
    let everywhere = everywhere(client);
    let (ident, name) = (&original.ident, &client.name);
    let params = generics::bounded(&original.generics);
    let arguments = generics::arguments(&original.generics);
    let predicates = generics::predicates(&original.generics);
    let outlives = outlives(client);
    let methods = client.members.iter().filter_map(|member| self::member(member, client, stub));
    quote! {
        #everywhere
        #[automatically_derived]
        #[allow(deprecated, refining_impl_trait)]
        impl <#params> #ident #arguments for #name #arguments where #predicates #outlives {
            #(#methods)*
        }
    }
}

/// `trait Repo<T>: 'static`: the client outlives what its parameters do.
fn outlives(client: &Client<'_>) -> Option<TokenStream> {
    let original = client.original;
    let lifetimes: Vec<_> = original
        .supertraits
        .iter()
        .filter(|bound| matches!(bound, TypeParamBound::Lifetime(_)))
        .collect();
    let wanted = !lifetimes.is_empty() && !original.generics.params.is_empty();
    wanted.then(|| quote!(Self: #(#lifetimes)+*,))
}

fn member(member: &Member<'_>, client: &Client<'_>, stub: bool) -> Option<TokenStream> {
    match member {
        Member::Operation(operation) if stub => Some(stubbed(&operation.method)),
        Member::Operation(operation) => Some(implemented(operation, client)),
        Member::Default(method) => {
            let open =
                method.original.default.is_none() && declaration::can_be_stub(&method.original.sig);
            open.then(|| stubbed(method))
        }
        Member::Const(_) => None,
    }
}

fn implemented(operation: &Operation<'_>, client: &Client<'_>) -> TokenStream {
    let passing = &operation.method.passing;
    let attributes = passing.everywhere.iter().chain(&passing.client);
    let original = &operation.method.original.sig;
    let body = method::body(operation, client);
    if passing.wants_async {
        // Input: `#[instrument] async fn item(&self) -> R;`
        // Output: `#[instrument] async fn item(&self) -> R { { .. call(..) }.await }`
        let signature = signature::stripped(original);
        return quote!(#(#attributes)* #signature { { #body }.await });
    }
    let signature = signature::implemented(original, &client.original.generics);
    quote!(#(#attributes)* #signature { #body })
}

/// A method that type-checks and never answers.
pub(super) fn stubbed(method: &Method<'_>) -> TokenStream {
    let cfg = &method.passing.everywhere;
    let original = &method.original.sig;
    let mut signature = signature::declared(original);
    signature::named(&mut signature);
    signature.constness = None;
    let body = stub_body(original);
    quote!(#(#cfg)* #[allow(unused_variables)] #signature { #body })
}

pub(super) fn stub_body(original: &syn::Signature) -> TokenStream {
    if original.asyncness.is_none() {
        return quote!(loop {});
    }
    let output = signature::output(original).into_token_stream();
    quote!(::core::future::pending::<#output>())
}
