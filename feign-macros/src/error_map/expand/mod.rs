//! The impl. Total: everything that could be wrong has been refused, or is a matter of types.

mod choice;
mod fields;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Generics;

use self::choice::choice;
use self::fields::{construct, local};
use super::model::{ErrorMap, Field, Role, Shape, Variant};
use crate::syntax;

/// After a mistake: an impl that type-checks, unless thiserror writes one.
pub(super) fn stub(map: &ErrorMap<'_>) -> TokenStream {
    if has_other_from(map) {
        return TokenStream::new();
    }
    implementation(map, &map.input.generics, &quote!(::core::panic!("refused by the compiler")))
}

/// Whether a `#[from]` that was refused makes thiserror write an impl that ours would collide with.
fn has_other_from(map: &ErrorMap<'_>) -> bool {
    let collides = |role, field: &Field<'_>| {
        field.from.is_some() && (role == Role::Otherwise || field.looks_whole())
    };
    match &map.shape {
        Shape::Enum(variants) => variants
            .iter()
            .any(|variant| variant.fields.iter().any(|field| collides(variant.role(), field))),
        Shape::Struct(fields) => fields.iter().any(|field| collides(Role::Otherwise, field)),
        Shape::Union => false,
    }
}

pub(super) fn map(map: &ErrorMap<'_>) -> TokenStream {
    let mut cx = Context::new(map);
    let body = match &map.shape {
        Shape::Enum(variants) => cx.enumeration(map, variants),
        Shape::Struct(fields) => cx.construct_always(&quote!(Self), map.input.ident.span(), fields),
        Shape::Union => unreachable!("validated: no union"),
    };
    implementation(map, &cx.generics, &body)
}

fn implementation(map: &ErrorMap<'_>, generics: &Generics, body: &TokenStream) -> TokenStream {
    let krate = &map.krate;
    let ident = &map.input.ident;
    let (parameters, _, where_clause) = generics.split_for_impl();
    let (_, arguments, _) = map.input.generics.split_for_impl();
    let error = error();
    quote! {
        #[automatically_derived]
        #[allow(deprecated, unused_qualifications)]
        impl #parameters ::core::convert::From<#krate::Error> for #ident #arguments #where_clause {
            fn from(#error: #krate::Error) -> Self {
                #body
            }
        }
    }
}

/// The local that holds the error.
fn error() -> Ident {
    Ident::new("__error", Span::mixed_site())
}

/// What the parts of the body share.
struct Context {
    private: TokenStream,
    /// Those of the type, with a bound for each field that a type parameter decides on.
    generics: Generics,
}

impl Context {
    fn new(map: &ErrorMap<'_>) -> Self {
        let krate = &map.krate;
        Self { private: quote!(#krate::__private), generics: map.input.generics.clone() }
    }

    fn enumeration(&mut self, map: &ErrorMap<'_>, variants: &[Variant<'_>]) -> TokenStream {
        let private = self.private.clone();
        let error = error();
        let arms = self.arms(variants);
        let fall =
            variants.iter().find(|variant| variant.role() == Role::Otherwise).map(|variant| {
                let ident = variant.ident;
                self.construct_always(&quote!(Self::#ident), ident.span(), &variant.fields)
            });
        if arms.is_empty() {
            return fall.unwrap_or_default();
        }
        let choice = choice(&private, map.pointer.as_ref(), variants);
        quote! {
            let __unread = match #choice {
                #(#arms)*
                _ => ::core::option::Option::None,
            };
            let #error = #private::unread(#error, __unread);
            #fall
        }
    }

    fn arms(&mut self, variants: &[Variant<'_>]) -> Vec<TokenStream> {
        let mapped = |(_, variant): &(usize, &Variant<'_>)| {
            variant.role() == Role::Mapped && !variant.rules.is_empty()
        };
        let variants: Vec<_> = variants.iter().enumerate().filter(mapped).collect();
        variants.into_iter().map(|(index, variant)| self.arm(index, variant)).collect()
    }

    /// `Some(2) => 'unread: { .. return Self::Busy { .. } }`, left with the reason when a field
    /// cannot be read.
    fn arm(&mut self, index: usize, variant: &Variant<'_>) -> TokenStream {
        let ident = variant.ident;
        if variant.fields.is_empty() {
            return quote!(::core::option::Option::Some(#index) => return Self::#ident {},);
        }
        let private = self.private.clone();
        let name = syntax::plain(ident);
        let reads = variant.fields.iter().enumerate().map(|(at, field)| {
            let (local, read) = (local(at), self.read(field));
            quote! {
                let #local = match #read {
                    ::core::result::Result::Ok(__value) => __value,
                    ::core::result::Result::Err(__reason) => {
                        break 'unread ::core::option::Option::Some(#private::Unread::new(#name, __reason));
                    }
                };
            }
        });
        let reads: TokenStream = reads.collect();
        let end = ident.span();
        let (puts, value) = construct(&private, &quote!(Self::#ident), end, &variant.fields);
        let kept = quote_spanned!(end=> let _ = __rest;);
        quote! {
            ::core::option::Option::Some(#index) => 'unread: {
                use #private::FieldFallback as _;
                #reads
                #puts
                #kept
                return #value;
            }
        }
    }

    /// An `#[otherwise]` variant or a struct: every field can be made of every error.
    fn construct_always(
        &mut self,
        path: &TokenStream,
        span: Span,
        fields: &[Field<'_>],
    ) -> TokenStream {
        let private = self.private.clone();
        let alone = fields.iter().filter(|field| field.is_unmarked()).count() == 1;
        let reads: TokenStream = fields
            .iter()
            .enumerate()
            .map(|(at, field)| {
                let (local, read) = (local(at), self.read_always(field, alone));
                quote!(let #local = #read;)
            })
            .collect();
        let (puts, value) = construct(&private, path, span, fields);
        let kept = quote_spanned!(span=> #private::kept(__rest););
        quote! {
            use #private::FieldFallback as _;
            #reads
            #puts
            #kept
            #value
        }
    }
}
