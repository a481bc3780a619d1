//! What an AsyncAPI document is made of; the runtime takes it in with its feature `asyncapi` only.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::{Attribute, Expr, GenericArgument, GenericParam, Lit, Meta, PathArguments, Type};

use super::argument::{Argument, Role};
use super::body::codec;
use super::method::Event;
use super::model::Publisher;
use crate::attrs::TextForm;
use crate::expand::Surface as _;
use crate::expand::client::{everywhere, visibility};
use crate::expand::generics::{Loose, bounded, predicates};
use crate::{lifetimes, syntax};

/// The lifetime of a type in a function's body.
const ELIDED: &str = "'_";

/// Writes `asyncapi()` and what describes each event; nothing after a mistake.
pub(super) fn asyncapi(publisher: &Publisher<'_>, loose: &Loose) -> Option<TokenStream> {
    let whole = |event: &Event<'_>| !event.method.broken && opposite(event).is_some();
    if !publisher.events().all(whole) {
        return None;
    }
    let (private, everywhere) = (publisher.private(), everywhere(publisher));
    let events = publisher.events().enumerate();
    let events: TokenStream =
        events.map(|(index, event)| described(index, event, publisher)).collect();
    let all = all(publisher);
    let function = function(publisher, loose);
    Some(quote! {
        #everywhere
        #private::asyncapi! { #events #all #function }
    })
}

fn function(publisher: &Publisher<'_>, loose: &Loose) -> TokenStream {
    let (private, vis) = (publisher.private(), visibility(publisher));
    let (name, params, arguments) = (&publisher.name, &loose.params, &loose.arguments);
    quote! {
        #[allow(dead_code)]
        impl #params #name #arguments {
            /// Makes an AsyncAPI document of the events, for a service of this title and version.
            ///
            /// Each type of a body derives `schemars::JsonSchema`.
            #[must_use]
            #vis fn asyncapi(
                title: impl ::core::convert::Into<::std::string::String>,
                version: impl ::core::convert::Into<::std::string::String>,
            ) -> #private::publish::asyncapi::Document
            where
                for<'life0> Self: #private::publish::asyncapi::Described,
            {
                #private::publish::asyncapi::Document::new(title, version).publisher::<Self>()
            }
        }
    }
}

/// All events, each where its body has a schema.
fn all(publisher: &Publisher<'_>) -> TokenStream {
    let private = publisher.private();
    let generics = &publisher.original.generics;
    let (params, predicates) = (bounded(generics), predicates(generics));
    let (name, arguments) = (&publisher.name, crate::expand::generics::arguments(generics));
    let events: Vec<_> = (0..publisher.events().count())
        .map(|index| quote!(#private::publish::asyncapi::DescribedEvent<#index>))
        .collect();
    // With a lifetime a bound is one of the impl and no error where it does not hold.
    quote! {
        #[automatically_derived]
        impl <#params> #private::publish::asyncapi::Described for #name #arguments
        where #predicates #(for<'life0> Self: #events,)*
        {
            fn describe(document: &mut #private::publish::asyncapi::Document) {
                let _ = &document;
                #(<Self as #events>::describe(document);)*
            }
        }
    }
}

fn described(index: usize, event: &Event<'_>, publisher: &Publisher<'_>) -> TokenStream {
    let private = publisher.private();
    let generics = &publisher.original.generics;
    let (params, predicates) = (bounded(generics), predicates(generics));
    let (name, arguments) = (&publisher.name, crate::expand::generics::arguments(generics));
    let (constant, description) = (&event.constant, documentation(&event.method.original.attrs));
    let cfg = &event.method.passing.everywhere;
    let body = event.argument(Role::Body);
    let bound = body.and_then(|body| schema_type(body, event, "'life0")).map(|ty| {
        let span = syntax::span(&ty);
        let private = syntax::respan(private.clone(), span);
        quote_spanned!(span=> for<'life0> #ty: #private::publish::asyncapi::PayloadSchema,)
    });
    let told = told(event, &private);
    let head = quote! {
        #[automatically_derived]
        #[allow(deprecated, private_bounds, unused_qualifications)]
        impl <#params> #private::publish::asyncapi::DescribedEvent<#index> for #name #arguments
    };
    let absent = opposite(event).flatten().map(|opposite| {
        quote! {
            #opposite
            #head where #predicates {
                fn describe(_: &mut #private::publish::asyncapi::Document) {}
            }
        }
    });
    quote! {
        #(#cfg)*
        #head where #predicates #bound {
            fn describe(document: &mut #private::publish::asyncapi::Document) {
                #[allow(unused_imports)]
                use #private::{Fallback as _, publish::asyncapi::TextFallback as _};
                #[allow(unused_mut)]
                let mut message = #private::publish::asyncapi::Message::new(
                    document, Self::#constant, #description,
                );
                #told
                message.finish();
            }
        }
        #absent
    }
}

/// The attribute under which an event is not there: no attribute if it always is, none at all if that cannot be said.
fn opposite(event: &Event<'_>) -> Option<Option<TokenStream>> {
    let attributes = &event.method.passing.everywhere;
    let conditions = attributes.iter().map(|attribute| match &attribute.meta {
        Meta::List(list) if attribute.path().is_ident("cfg") => Some(&list.tokens),
        _ => None,
    });
    let conditions = conditions.collect::<Option<Vec<_>>>()?;
    Some((!conditions.is_empty()).then(|| quote!(#[cfg(not(all(#(#conditions),*)))])))
}

/// The lines of a documentation comment.
fn documentation(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if attribute.path().is_ident("doc") => match &pair.value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    });
    let lines: Vec<_> = lines.collect();
    let lines = lines.iter().flat_map(|text| text.split('\n'));
    let lines: Vec<_> =
        lines.map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end()).collect();
    lines.join("\n").trim().to_owned()
}

/// What each argument says of the message.
fn told(event: &Event<'_>, private: &TokenStream) -> TokenStream {
    let arguments = event.arguments.iter().map(|argument| match argument.role {
        Some(Role::Topic) => {
            let hole = argument.hole();
            let text = text(argument, event, private);
            quote!(message.fill(#hole, { let (_, text) = #text; text });)
        }
        Some(Role::Key) => {
            let text = text(argument, event, private);
            quote!({ let (is_optional, text) = #text; message.key(is_optional, text); })
        }
        Some(Role::Header) => {
            let (name, text) = (argument.header(), text(argument, event, private));
            quote!({ let (is_optional, text) = #text; message.header(#name, is_optional, text); })
        }
        Some(Role::Headers) => quote!(message.headers();),
        Some(Role::Body) => body(argument, event, private),
        Some(Role::PartitionKey | Role::Partition | Role::Timestamp) | None => TokenStream::new(),
    });
    arguments.collect()
}

/// Whether an argument may send nothing, and what its text is.
fn text(argument: &Argument<'_>, event: &Event<'_>, private: &TokenStream) -> TokenStream {
    let ty = &*argument.original.ty;
    let optional = syntax::is_written(ty, "Option");
    let Some(ty) = named(ty.to_token_stream(), event, ELIDED) else {
        return quote!((#optional, #private::publish::asyncapi::Text::any()));
    };
    text_of(&quote!(#private::probe::<#ty>()), argument.form.as_ref(), private)
}

fn text_of(probe: &TokenStream, form: Option<&TextForm>, private: &TokenStream) -> TokenStream {
    let text = match form {
        None => text_of_param(&quote!(probe), private),
        Some(TextForm::Serde) => {
            quote!(#private::publish::asyncapi::Text::of_serde(probe.__feign_schema()))
        }
        Some(TextForm::Display | TextForm::With(_)) => {
            quote!(#private::publish::asyncapi::Text::any())
        }
    };
    quote! {{
        #[allow(unused_variables)]
        let (probe, presence) = #probe.__feign_present();
        (presence.is_optional(), #text)
    }}
}

/// The text of the type that a probe asks about, where it is a `Param`.
pub(crate) fn text_of_param(probe: &TokenStream, private: &TokenStream) -> TokenStream {
    quote! {
        #private::publish::asyncapi::Text::of_param(
            #probe.__feign_octets(),
            #probe.__feign_derived_text(),
            #probe.__feign_schema(),
        )
    }
}

fn body(argument: &Argument<'_>, event: &Event<'_>, private: &TokenStream) -> TokenStream {
    let key = argument.key.as_ref().map(|path| {
        let item = item(argument, event, ELIDED);
        let item = item.map(|ty| if argument.is_reference() { ty } else { quote!(&#ty) });
        let text = item.map(|item| {
            let path = syntax::ours(path);
            let probe =
                quote!(#private::publish::asyncapi::returned::<#item, _>(|item| #path(item)));
            text_of(&probe, None, private)
        });
        let text =
            text.unwrap_or_else(|| quote!((false, #private::publish::asyncapi::Text::any())));
        quote!({ let (is_optional, text) = #text; message.key(is_optional, text); })
    });
    let payload = payload(argument, event, private);
    quote!(#key #payload)
}

fn payload(argument: &Argument<'_>, event: &Event<'_>, private: &TokenStream) -> TokenStream {
    let (Some(item), Some(ty)) =
        (item(argument, event, ELIDED), schema_type(argument, event, ELIDED))
    else {
        let optional = syntax::is_written(&argument.original.ty, "Option");
        let content_type = match &event.codec {
            Some(path) => {
                quote!(::core::option::Option::Some(<#path as #private::Codec>::CONTENT_TYPE))
            }
            None => quote!(::core::option::Option::None),
        };
        return quote!(message.anything(#optional, #content_type););
    };
    let span = syntax::span(argument.value_type());
    let private = syntax::respan(private.clone(), span);
    let encoder = match argument.json {
        Some(_) => quote_spanned!(span=> #private::ByCodec),
        None => quote_spanned!(span=> probe.__feign_encoder()),
    };
    let written = match &event.codec {
        Some(path) if argument.json.is_none() => {
            let codec = codec(path, &private);
            quote_spanned!(span=> encoder.payload_by(#codec, probe))
        }
        _ => quote_spanned!(span=> encoder.payload(probe)),
    };
    quote_spanned! {span=>
        let (probe, presence) = #private::probe::<#item>().__feign_present();
        let encoder = #encoder;
        message.content_type(#written);
        if encoder.is_raw() && probe.__feign_octets() {
            message.octets(presence.is_optional());
        } else {
            message.payload::<#ty>(presence.is_optional());
        }
    }
}

/// The type of what is encoded: of the body, or of an item of it.
fn item(argument: &Argument<'_>, event: &Event<'_>, lifetime: &str) -> Option<TokenStream> {
    let ty = named(argument.original.ty.to_token_stream(), event, lifetime)?;
    Some(match argument.each {
        Some(_) => quote!(<#ty as ::core::iter::IntoIterator>::Item),
        None => ty,
    })
}

/// The type whose schema is asked for, as close to the user's as it can be named.
fn schema_type(argument: &Argument<'_>, event: &Event<'_>, lifetime: &str) -> Option<TokenStream> {
    let ty = argument.value_type();
    let ty = match argument.each {
        Some(_) => match elements(ty) {
            Some(ty) => ty,
            None => return item(argument, event, lifetime),
        },
        None => ty,
    };
    let ty = syntax::reference(ty).map_or(ty, |reference| &reference.elem);
    named(ty.to_token_stream(), event, lifetime)
}

/// `T` in `[T]`, `[T; N]` and `Vec<T>`.
fn elements(ty: &Type) -> Option<&Type> {
    match syntax::peel(ty) {
        Type::Slice(slice) => Some(&slice.elem),
        Type::Array(array) => Some(&array.elem),
        Type::Path(path) => match path.path.segments.last() {
            Some(last) if last.ident == "Vec" => match &last.arguments {
                PathArguments::AngleBracketed(arguments) => match arguments.args.first() {
                    Some(GenericArgument::Type(ty)) => Some(ty),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

/// A type outside of its method: with one lifetime for all that the method has, and none where it names a type of the method.
fn named(ty: TokenStream, event: &Event<'_>, lifetime: &str) -> Option<TokenStream> {
    let lifetime = syn::Lifetime::new(lifetime, Span::call_site());
    let mut ty = lifetimes::in_output(ty, &lifetime);
    for param in &event.method.original.sig.generics.params {
        let name = match param {
            GenericParam::Lifetime(param) => {
                ty = lifetimes::renamed(ty, &param.lifetime, &lifetime);
                continue;
            }
            GenericParam::Type(param) => &param.ident,
            GenericParam::Const(param) => &param.ident,
        };
        if syntax::mentions(&ty, &name.to_string()) {
            return None;
        }
    }
    Some(ty)
}
