//! Signatures of the output.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::{
    FnArg, GenericParam, Generics, Ident, Pat, PatIdent, ReceiverKind, ReturnType, Signature, Type,
    parse_quote,
};

use crate::model::Method;
use crate::model::arguments;
use crate::publisher;
use crate::syntax;

/// A signature as the trait declares it.
///
/// Input: `async fn item(&self, #[path] sku: &Sku) -> R`
/// Output: `fn item(&self, sku: &Sku) -> impl Future<Output = R> + Send`
pub(super) fn declared(signature: &Signature) -> Signature {
    let mut declared = stripped(signature);
    if declared.asyncness.take().is_some() {
        let output = output(signature);
        set_output(
            &mut declared,
            quote!(impl ::core::future::Future<Output = #output> + ::core::marker::Send),
        );
    }
    declared
}

/// The signature of a method with a mistake, repaired until it parses and type-checks without it;
/// `None` where no body fits it.
pub(super) fn broken(method: &Method<'_>) -> Option<Signature> {
    let original = &method.original.sig;
    if syntax::find_impl(output(original)).is_some() {
        return None;
    }
    let mut broken = declared(original);
    named(&mut broken);
    broken.constness = None;
    broken.abi = None;
    if matches!(original.receiver(), Some(receiver) if matches!(receiver.kind, ReceiverKind::Value))
    {
        let clause = broken.generics.make_where_clause();
        clause.predicates.push(parse_quote!(Self: ::core::marker::Sized));
    }
    Some(broken)
}

/// A signature as the client implements it: its future borrows nothing, since the request is
/// filled before it is made.
pub(super) fn implemented(signature: &Signature, of_trait: &Generics) -> Signature {
    let mut implemented = stripped(signature);
    implemented.asyncness = None;
    let output = output(signature);
    let captured = captured(&output, &signature.generics, of_trait);
    set_output(
        &mut implemented,
        quote!(impl ::core::future::Future<Output = #output> + ::core::marker::Send #captured),
    );
    implemented
}

/// `+ use<T, N>`; nothing where the result names a lifetime, which then has to be captured.
fn captured(
    output: &TokenStream,
    of_method: &Generics,
    of_trait: &Generics,
) -> Option<TokenStream> {
    if syntax::names_lifetime(output) {
        return None;
    }
    let params = of_trait.params.iter().chain(&of_method.params).filter_map(|param| match param {
        GenericParam::Type(param) => Some(&param.ident),
        GenericParam::Const(param) => Some(&param.ident),
        GenericParam::Lifetime(_) => None,
    });
    Some(quote!(+ use<#(#params),*>))
}

/// Whether an attribute of an argument is read by us.
fn is_mark(attribute: &syn::Attribute) -> bool {
    arguments::is_mark(attribute) || publisher::is_mark(attribute)
}

/// Without marks, and without patterns that only a body may have.
pub(super) fn stripped(signature: &Signature) -> Signature {
    let mut stripped = signature.clone();
    for input in &mut stripped.inputs {
        match input {
            FnArg::Typed(typed) => typed.attrs.retain(|attribute| !is_mark(attribute)),
            FnArg::Receiver(receiver) => receiver.attrs.retain(|attribute| !is_mark(attribute)),
        }
    }
    stripped
}

/// Gives each argument a plain name, and returns the names.
pub(super) fn named(signature: &mut Signature) -> Vec<Ident> {
    let mut names: Vec<Ident> = Vec::new();
    for (index, input) in signature.inputs.iter_mut().enumerate() {
        let FnArg::Typed(typed) = input else { continue };
        typed.attrs.clear();
        let name = match &*typed.pat {
            Pat::Ident(plain) if !names.contains(&plain.ident) => plain.ident.clone(),
            _ => format_ident!("argument_{index}", span = Span::mixed_site()),
        };
        let pattern = PatIdent {
            attrs: Vec::new(),
            by_ref: None,
            mutability: None,
            ident: name.clone(),
            subpat: None,
        };
        *typed.pat = Pat::Ident(pattern);
        names.push(name);
    }
    names
}

/// The type behind `->`.
pub(super) fn output(signature: &Signature) -> TokenStream {
    match &signature.output {
        ReturnType::Default => quote!(()),
        ReturnType::Type(_, ty) => quote!(#ty),
    }
}

pub(super) fn set_output(signature: &mut Signature, output: TokenStream) {
    let arrow = match &signature.output {
        ReturnType::Type(arrow, _) => *arrow,
        ReturnType::Default => syn::Token![->](Span::call_site()),
    };
    signature.output = ReturnType::Type(arrow, Box::new(Type::Verbatim(output)));
}

/// `::<T, N>` of a method's own parameters; lifetimes are found by the compiler.
pub(super) fn turbofish(generics: &Generics) -> Option<TokenStream> {
    let params: Vec<_> = generics
        .params
        .iter()
        .filter_map(|param| match param {
            GenericParam::Type(param) => Some(&param.ident),
            GenericParam::Const(param) => Some(&param.ident),
            GenericParam::Lifetime(_) => None,
        })
        .collect();
    (!params.is_empty()).then(|| quote!(::<#(#params),*>))
}
