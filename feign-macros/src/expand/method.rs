//! The body of a generated method: fills a request, probes the result, hands both over.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::filling::Filling;
use super::{argument, outcome, template};
use crate::attrs::TextForm;
use crate::model::{Argument, Client, Operation, Role};
use crate::syntax;

pub(super) fn body(operation: &Operation<'_>, client: &Client<'_>) -> TokenStream {
    let private = client.private();
    let filling = Filling {
        private: private.clone(),
        request: Ident::new("request", Span::mixed_site()),
        codec: operation.codec.clone(),
    };
    let request = &filling.request;
    let constant = &operation.constant;
    let displayed = operation.arguments.iter().any(is_displayed);
    let each = displayed.then(|| quote!(#[allow(unused_imports)] use #private::Each as _;));
    let codec = operation.codec.as_ref().map(|path| {
        let span = syntax::span(path);
        let private = filling.private_at(span);
        quote_spanned!(span=> #private::is_codec::<#path>();)
    });
    let pushes = pushes(operation, &filling);
    let outcome = outcome::outcome(operation, &filling);
    quote! {
        #[allow(unused_imports)]
        use #private::Fallback as _;
        #each
        #codec
        let mut #request = #private::RequestBuilder::new(Self::#constant);
        #pushes
        #outcome
    }
}

fn is_displayed(argument: &Argument<'_>) -> bool {
    let key = argument.key.as_ref().and_then(|key| key.form.as_ref());
    argument.form.iter().chain(key).any(|form| *form == TextForm::Display)
}

/// In the order of the wire: path, query, headers, body.
fn pushes(operation: &Operation<'_>, filling: &Filling) -> TokenStream {
    let mut pushes = TokenStream::new();
    if let Some(sections) = &operation.template {
        pushes.extend(template(sections, operation, filling));
    }
    for order in [Order::Link, Order::Query, Order::Header, Order::Body] {
        let arguments =
            operation.arguments.iter().filter(|argument| order_of(argument) == Some(order));
        pushes.extend(arguments.map(|argument| argument::push(argument, filling)));
        if order == Order::Header {
            pushes.extend(key(operation, filling));
            // Before a body, which may take the argument away.
            let keys = operation.arguments.iter();
            pushes.extend(keys.filter_map(|argument| argument::hash_key(argument, filling)));
            pushes.extend(begin(operation, filling));
        }
    }
    pushes
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Link,
    Query,
    Header,
    Body,
}

const fn order_of(argument: &Argument<'_>) -> Option<Order> {
    match &argument.role {
        Role::Link => Some(Order::Link),
        Role::Query { .. } | Role::Flatten => Some(Order::Query),
        Role::Header { .. } | Role::Headers | Role::Cookie { .. } => Some(Order::Header),
        Role::Body { .. } | Role::Form { .. } | Role::FlattenForm | Role::Part { .. } => {
            Some(Order::Body)
        }
        Role::Template | Role::Key | Role::Unknown => None,
    }
}

fn template(
    sections: &crate::template::Sections,
    operation: &Operation<'_>,
    filling: &Filling,
) -> TokenStream {
    let variable = |name: &str| {
        let binding = operation.bindings.iter().find(|binding| binding.variable == name);
        binding.and_then(|binding| operation.arguments.get(binding.argument))
    };
    let target = template::Target {
        private: &filling.private,
        request: &filling.request,
        name: &|variable_name| {
            variable(variable_name).map_or_else(String::new, |argument| argument.name.clone())
        },
        push: &|expression, part| match variable(&part.name) {
            Some(argument) => argument::variable(argument, expression, part, filling),
            None => TokenStream::new(),
        },
        fused: Some(template::Fused {
            segment: &|literal, part| match variable(&part.name) {
                Some(argument) => argument::segment(argument, literal, filling),
                None => TokenStream::new(),
            },
            query: &|part| match variable(&part.name) {
                Some(argument) => argument::query(argument, part, filling),
                None => TokenStream::new(),
            },
        }),
    };
    template::sections(sections, &target)
}

/// A form or a multipart body is there even where nothing comes into it.
fn begin(operation: &Operation<'_>, filling: &Filling) -> Option<TokenStream> {
    let kind = operation.arguments.iter().find_map(|argument| match argument.role {
        Role::Form { .. } | Role::FlattenForm => Some("form"),
        Role::Part { .. } => Some("parts"),
        _ => None,
    })?;
    let (private, request) = (&filling.private, &filling.request);
    let begin = Ident::new(kind, Span::call_site());
    Some(quote!(#private::RequestBuilder::#begin(&mut #request);))
}

/// `#[idempotent(key = "..")]`
fn key(operation: &Operation<'_>, filling: &Filling) -> Option<TokenStream> {
    let name = operation.key.as_ref()?;
    let (private, request) = (&filling.private, &filling.request);
    let span = Span::call_site();
    Some(quote_spanned! {span=>
        {
            static __NAME: #private::HeaderName = #private::HeaderName::from_static(#name);
            #private::RequestBuilder::idempotency_key(&mut #request, &__NAME);
        }
    })
}
