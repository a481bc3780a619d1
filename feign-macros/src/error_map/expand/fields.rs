//! One field: how it is read, and how it gets into the value.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, format_ident, quote, quote_spanned};
use syn::GenericParam;

use super::{Context, error};
use crate::error_map::model::{Field, Source};

impl Context {
    /// A `Result`, whose error is the reason why the field cannot be made.
    pub(super) fn read(&mut self, field: &Field<'_>) -> TokenStream {
        let (private, error, ty) = (self.private.clone(), error(), field.ty);
        match &field.source {
            Source::Answer => {
                self.bound(field, &quote!(FromError));
                quote_spanned! {field.span()=> {
                    let __feign_probe = #private::FieldProbe::<#ty>::new();
                    __feign_probe.__feign_field().read::<#ty>(&#error)
                }}
            }
            Source::Header(name) => quote_spanned! {field.span()=> {
                let __feign_probe = #private::FieldProbe::<#ty>::new();
                __feign_probe.__feign_header().read::<#ty>(&#error, #name)
            }},
            Source::RetryAfter => {
                let read = quote_spanned!(field.span()=> #private::retry_after::<#ty>(&#error));
                quote!(::core::result::Result::Ok::<_, #private::BoxError>(#read))
            }
        }
    }

    pub(super) fn read_always(&mut self, field: &Field<'_>, alone: bool) -> TokenStream {
        let (private, error, ty) = (self.private.clone(), error(), field.ty);
        match &field.source {
            Source::Answer if alone => quote_spanned!(field.span()=> #private::whole::<#ty>()),
            Source::Answer => {
                self.bound(field, &quote!(FromAnyError));
                quote_spanned! {field.span()=> {
                    let __feign_probe = #private::FieldProbe::<#ty>::new();
                    __feign_probe.__feign_field().always::<#ty>(&#error)
                }}
            }
            Source::Header(name) => {
                quote_spanned!(field.span()=> #private::header_or_none::<#ty>(&#error, #name))
            }
            Source::RetryAfter => {
                quote_spanned!(field.span()=> #private::retry_after::<#ty>(&#error))
            }
        }
    }

    /// As serde does: `Json<T>` needs what it needs, whatever stands on the type.
    fn bound(&mut self, field: &Field<'_>, bound: &TokenStream) {
        let names_parameter = self.generics.params.iter().any(|parameter| match parameter {
            GenericParam::Type(parameter) => mentions(field.ty.to_token_stream(), &parameter.ident),
            GenericParam::Lifetime(_) | GenericParam::Const(_) => false,
        });
        if names_parameter {
            let (private, ty) = (&self.private, field.ty);
            let predicate = syn::parse_quote_spanned!(field.span()=> #ty: #private::#bound);
            self.generics.make_where_clause().predicates.push(predicate);
        }
    }
}

/// The lines that move what was read, and the error itself, into the value; `end` is where the
/// error that no field has taken is blamed.
pub(super) fn construct(
    private: &TokenStream,
    path: &TokenStream,
    end: Span,
    fields: &[Field<'_>],
) -> (TokenStream, TokenStream) {
    // Each `rest` is written with the span of its only use: rustc blames that one.
    let rest = |at: usize| Ident::new("__rest", fields.get(at).map_or(end, Field::span));
    let puts = fields.iter().enumerate().map(|(at, field)| {
        let (local, before, after) = (local(at), rest(at), rest(at + 1));
        let put = quote_spanned!(field.span()=> #local.put(#before));
        quote!(let (#local, #after) = #put;)
    });
    let (error, first) = (error(), rest(0));
    let puts = quote!(let #first = #private::HeldError(#error); #(#puts)*);
    let members = fields.iter().enumerate().map(|(at, field)| {
        let (local, member) = (local(at), &field.member);
        quote!(#member: #local)
    });
    (puts, quote!(#path { #(#members),* }))
}

pub(super) fn local(at: usize) -> Ident {
    format_ident!("__field_{at}", span = Span::mixed_site())
}

fn mentions(tokens: TokenStream, name: &Ident) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == *name,
        TokenTree::Group(group) => mentions(group.stream(), name),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}
