//! `impl Inventory for InventoryClient`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{ReturnType, Signature, TypeParamBound};

use super::client::everywhere;
use super::{Part, Surface, generics, signature};
use crate::model::Method;
use crate::syntax;
use crate::validate;

pub(crate) fn implementation(client: &dyn Surface) -> TokenStream {
    let original = client.original();
    let everywhere = everywhere(client);
    let (ident, name) = (&original.ident, client.name());
    let params = generics::bounded(&original.generics);
    let arguments = generics::arguments(&original.generics);
    let predicates = generics::predicates(&original.generics);
    let outlives = outlives(client);
    let methods = client.parts().into_iter().filter_map(|part| member(part, client));
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
fn outlives(client: &dyn Surface) -> Option<TokenStream> {
    let original = client.original();
    let lifetimes: Vec<_> = original
        .supertraits
        .iter()
        .filter(|bound| matches!(bound, TypeParamBound::Lifetime(_)))
        .collect();
    let wanted = !lifetimes.is_empty() && !original.generics.params.is_empty();
    wanted.then(|| quote!(Self: #(#lifetimes)+*,))
}

fn member(part: Part<'_>, client: &dyn Surface) -> Option<TokenStream> {
    match part {
        Part::Declared(method, _) if method.broken => stubbed(method, client.checks().as_ref()),
        Part::Declared(method, index) => Some(implemented(method, index, client)),
        Part::Default(method) if method.broken => stubbed(method, None),
        Part::Default(_) | Part::Const(_) => None,
    }
}

fn implemented(method: &Method<'_>, index: usize, client: &dyn Surface) -> TokenStream {
    let passing = &method.passing;
    let attributes = passing.everywhere.iter().chain(&passing.client);
    let original = &method.original.sig;
    let body = client.body(index);
    if passing.wants_async {
        // Input: `#[instrument] async fn item(&self) -> R;`
        // Output: `#[instrument] async fn item(&self) -> R { { .. call(..) }.await }`
        let signature = signature::stripped(original);
        return quote!(#(#attributes)* #signature { { #body }.await });
    }
    let signature = signature::implemented(original, &client.original().generics);
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
