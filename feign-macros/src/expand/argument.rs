//! The push of one argument.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::filling::Filling;
use crate::attrs::{BodyForm, TextForm};
use crate::model::{Argument, Role};
use crate::syntax;
use crate::template::{Operator, Variable, encode_field, encode_name};

/// Pushes an argument that is not in the template.
pub(super) fn push(argument: &Argument<'_>, filling: &Filling) -> TokenStream {
    hidden(argument, filling, pushed(argument, filling))
}

/// Hides what a push pushes, if its argument says so.
fn hidden(argument: &Argument<'_>, filling: &Filling, push: TokenStream) -> TokenStream {
    if !argument.sensitive {
        return push;
    }
    let (private, request) = (&filling.private, &filling.request);
    quote! {
        #private::RequestBuilder::hide(&mut #request, true);
        #push
        #private::RequestBuilder::hide(&mut #request, false);
    }
}

fn pushed(argument: &Argument<'_>, filling: &Filling) -> TokenStream {
    let span = syntax::span(argument.value_type());
    let (private, request) = (filling.private_at(span), &filling.request);
    let name = &argument.name;
    let (turbofish, value) = value(argument, filling);
    match &argument.role {
        Role::Query { name: sent, style } => {
            let (sent, style) = (encode_name(sent), Ident::new(style, span));
            quote_spanned!(span=> #private::query #turbofish(&mut #request, #sent, #private::Style::#style, #name, #value);)
        }
        Role::Flatten | Role::FlattenForm => {
            let (fields, ty) = (Ident::new("__feign_fields", span), argument.value_type());
            let is_query = argument.role == Role::Flatten;
            let flatten = Ident::new(if is_query { "flatten" } else { "flatten_form" }, span);
            quote_spanned! {span=>
                {
                    #[allow(unused_imports)]
                    use #private::FieldsFallback as _;
                    let #fields = #private::probe::<#ty>().__feign_fields();
                    #fields.#flatten(&mut #request, #name, #value);
                }
            }
        }
        Role::Form { name: sent, style } => {
            let (sent, style) = (encode_field(sent), Ident::new(style, span));
            quote_spanned!(span=> #private::form #turbofish(&mut #request, #sent, #private::Style::#style, #name, #value);)
        }
        Role::Part { name: sent, .. } if argument.form.is_some() => {
            quote_spanned!(span=> #private::part(&mut #request, #sent, #name, #value);)
        }
        Role::Part { name: sent, json } => part(argument, sent, *json, span, filling),
        Role::Header { name: sent } => quote_spanned! {span=>
            {
                static __NAME: #private::HeaderName = #private::HeaderName::from_static(#sent);
                #private::header #turbofish(&mut #request, &__NAME, #name, #value);
            }
        },
        Role::Headers => {
            quote_spanned!(span=> #private::header_map #turbofish(&mut #request, #name, #value);)
        }
        Role::Cookie { name: sent } => {
            quote_spanned!(span=> #private::cookie #turbofish(&mut #request, #sent, #name, #value);)
        }
        Role::Link => {
            quote_spanned!(span=> #private::link #turbofish(&mut #request, #name, #value);)
        }
        Role::Body { form } => body(argument, *form, span, filling),
        Role::Template | Role::Key | Role::Unknown => TokenStream::new(),
    }
}

/// Pushes what the call is hashed by.
pub(super) fn hash_key(argument: &Argument<'_>, filling: &Filling) -> Option<TokenStream> {
    let key = argument.key.as_ref()?;
    let span = syntax::span(argument.value_type());
    let (private, request) = (filling.private_at(span), &filling.request);
    let name = &argument.name;
    let (turbofish, value) = written(argument, key.form.as_ref(), filling);
    Some(quote_spanned!(span=> #private::hash_key #turbofish(&mut #request, #name, #value);))
}

/// Pushes the value of a variable.
pub(super) fn variable(
    argument: &Argument<'_>,
    operator: Operator,
    variable: &Variable,
    filling: &Filling,
) -> TokenStream {
    let span = syntax::span(argument.value_type());
    let (private, request) = (filling.private_at(span), &filling.request);
    let function = Ident::new(if variable.is_scalar(operator) { "scalar" } else { "value" }, span);
    let cut = super::template::variable(variable, &private);
    let name = &argument.name;
    let (turbofish, value) = value(argument, filling);
    let push =
        quote_spanned!(span=> #private::#function #turbofish(&mut #request, #cut, #name, #value););
    hidden(argument, filling, push)
}

/// Pushes text and the whole segment behind it.
pub(super) fn segment(argument: &Argument<'_>, literal: &str, filling: &Filling) -> TokenStream {
    let span = syntax::span(argument.value_type());
    let (private, request) = (filling.private_at(span), &filling.request);
    let name = &argument.name;
    let (turbofish, value) = value(argument, filling);
    let push = quote_spanned!(span=> #private::segment #turbofish(&mut #request, #literal, #name, #value););
    hidden(argument, filling, push)
}

/// Pushes the value of a variable of `{?..}`, which is an argument of the query by another name.
pub(super) fn query(
    argument: &Argument<'_>,
    variable: &Variable,
    filling: &Filling,
) -> TokenStream {
    let span = syntax::span(argument.value_type());
    let (private, request) = (filling.private_at(span), &filling.request);
    let style = Ident::new(if variable.explode { "Multi" } else { "Csv" }, span);
    let (sent, name) = (&variable.name, &argument.name);
    let (turbofish, value) = value(argument, filling);
    let push = quote_spanned!(span=> #private::query #turbofish(&mut #request, #sent, #private::Style::#style, #name, #value););
    hidden(argument, filling, push)
}

fn value(argument: &Argument<'_>, filling: &Filling) -> (TokenStream, TokenStream) {
    written(argument, argument.form.as_ref(), filling)
}

/// The turbofish that names the user's type, so that it is blamed, and a reference to the value.
fn written(
    argument: &Argument<'_>,
    form: Option<&TextForm>,
    filling: &Filling,
) -> (TokenStream, TokenStream) {
    let (ident, ty) = (&argument.ident, argument.value_type());
    shown(ident, ty, argument.is_reference(), form, &filling.private)
}

/// The same of an argument of any annotated trait; `ty` is what stands behind its `&`.
pub(crate) fn shown(
    ident: &Ident,
    ty: &syn::Type,
    is_reference: bool,
    form: Option<&TextForm>,
    private: &TokenStream,
) -> (TokenStream, TokenStream) {
    let span = syntax::span(ty);
    let private = syntax::respan(private.clone(), span);
    let reference = if is_reference { quote!(#ident) } else { quote_spanned!(span=> &#ident) };
    match form {
        None => (quote_spanned!(span=> ::<#ty>), reference),
        Some(TextForm::Display) => (
            TokenStream::new(),
            quote_spanned!(span=> &#private::displayed(#reference).__feign_each()),
        ),
        Some(TextForm::Serde) => {
            (TokenStream::new(), quote_spanned!(span=> &#private::Serialized(#reference)))
        }
        Some(TextForm::With(path)) => {
            (TokenStream::new(), quote_spanned!(span=> &#path(#reference)))
        }
    }
}

/// Probes a body as a result is probed: raw if the type says so, else by the codec.
fn body(
    argument: &Argument<'_>,
    form: Option<BodyForm>,
    span: Span,
    filling: &Filling,
) -> TokenStream {
    let (private, request) = (filling.private_at(span), &filling.request);
    let ident = &argument.ident;
    let [probe, presence, encoder] =
        ["__feign_probe", "__feign_presence", "__feign_encoder"].map(|name| Ident::new(name, span));
    let choose = match (form, &filling.codec) {
        (Some(BodyForm::Json), _) => quote_spanned!(span=> #private::ByCodec.encoder(#probe)),
        (Some(BodyForm::Form), _) => quote_spanned! {span=>
            {
                #[allow(unused_imports)]
                use #private::FieldsFallback as _;
                #probe.__feign_fields().encoder(#probe)
            }
        },
        (None, None) => quote_spanned!(span=> #probe.__feign_encoder().encoder(#probe)),
        (None, Some(path)) => {
            let codec = super::codec(path, filling);
            quote_spanned!(span=> #probe.__feign_encoder().encoder_by(#codec, #probe))
        }
    };
    quote_spanned! {span=>
        {
            let #probe = #private::probe_of(&#ident);
            let (#probe, #presence) = #probe.__feign_present();
            let #encoder = #choose;
            #presence.encode(&mut #request, #encoder, #ident);
        }
    }
}

/// Probes a part: what is one by itself, else text.
fn part(
    argument: &Argument<'_>,
    sent: &str,
    json: bool,
    span: Span,
    filling: &Filling,
) -> TokenStream {
    let (private, request) = (filling.private_at(span), &filling.request);
    let (ident, name) = (&argument.ident, &argument.name);
    let [probe, presence, pusher] =
        ["__feign_probe", "__feign_presence", "__feign_pusher"].map(|name| Ident::new(name, span));
    let choose = if json {
        quote_spanned!(span=> #private::AsJson)
    } else {
        quote_spanned!(span=> #probe.__feign_part())
    };
    quote_spanned! {span=>
        {
            #[allow(unused_imports)]
            use #private::PartFallback as _;
            let #probe = #private::probe_of(&#ident);
            let (#probe, #presence) = #probe.__feign_present();
            let #pusher = #choose.pusher(#probe);
            #presence.push(&mut #request, #pusher, #sent, #name, #ident);
        }
    }
}
