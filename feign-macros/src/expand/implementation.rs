//! `impl Inventory for InventoryClient`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{ReturnType, Signature, TypeParamBound};

use super::client::everywhere;
use super::{generics, method, signature};
use crate::model::{Client, Member, Method, Operation};
use crate::syntax;
use crate::validate;

pub(super) fn implementation(client: &Client<'_>) -> TokenStream {
    let original = client.original;
    let everywhere = everywhere(client);
    let (ident, name) = (&original.ident, &client.name);
    let params = generics::bounded(&original.generics);
    let arguments = generics::arguments(&original.generics);
    let predicates = generics::predicates(&original.generics);
    let outlives = outlives(client);
    let methods = client.members.iter().filter_map(|member| self::member(member, client));
    quote! {
        #everywhere
        #[automatically_derived]
        #[allow(deprecated, refining_impl_trait, unused_qualifications)]
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

fn member(member: &Member<'_>, client: &Client<'_>) -> Option<TokenStream> {
    match member {
        Member::Operation(operation) if operation.method.broken => {
            stubbed(&operation.method, Some(&client.private()))
        }
        Member::Operation(operation) => Some(implemented(operation, client)),
        Member::Default(method) if method.broken => stubbed(method, None),
        Member::Default(_) | Member::Const(_) => None,
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

/// A method that type-checks and never answers; with a path to the runtime, its return type is
/// looked at, so that this mistake is shown beside the others.
pub(super) fn stubbed(method: &Method<'_>, check: Option<&TokenStream>) -> Option<TokenStream> {
    let cfg = &method.passing.everywhere;
    let signature = signature::broken(method)?;
    let original = &method.original.sig;
    let body = if original.asyncness.is_some() {
        let output = signature::output(original);
        let check = check.and_then(|private| check_output(original, private));
        quote!(#check ::core::future::pending::<#output>())
    } else {
        quote!(loop {})
    };
    Some(quote!(#(#cfg)* #[allow(unused_variables)] #signature { #body }))
}

fn check_output(original: &Signature, private: &TokenStream) -> Option<TokenStream> {
    let ReturnType::Type(_, ty) = &original.output else { return None };
    if syntax::find_reference(ty).is_some() || validate::is_no_result(ty) {
        return None;
    }
    let span = syntax::span(ty);
    let private = syntax::respan(private.clone(), span);
    Some(quote_spanned! {span=>
        #[allow(unused_imports)]
        use #private::Fallback as _;
        let __feign_whole = #private::probe::<#ty>();
        let (_, _, __feign_outcome) = __feign_whole.__feign_result();
        let _ = __feign_outcome.returned(__feign_whole, 0);
    })
}
