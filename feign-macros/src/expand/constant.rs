//! What is known about each operation, as a constant of the client.

use proc_macro2::TokenStream;
use quote::quote;

use crate::attrs::{NoneWhen, Settings, StaticHeader, Timeouts};
use crate::model::{Client, Operation, Role};
use crate::syntax;

pub(super) fn constants(client: &Client<'_>) -> TokenStream {
    let mut seen = Vec::new();
    client
        .operations()
        // After the mistake of two constants of one name only the first is kept.
        .filter(|operation| {
            let first = operation.is_chosen() || !seen.contains(&&operation.constant);
            seen.push(&operation.constant);
            first
        })
        .map(|operation| constant(operation, client))
        .collect()
}

/// `Inventory.item`
pub(super) fn full_name(operation: &Operation<'_>, client: &Client<'_>) -> String {
    format!("{}.{}", syntax::plain(&client.original.ident), operation.name)
}

fn constant(operation: &Operation<'_>, client: &Client<'_>) -> TokenStream {
    let private = client.private();
    let (vis, name) = (super::client::visibility(client), &operation.constant);
    let cfg = &operation.method.passing.everywhere;
    let doc = doc(operation);
    let headers = headers(&operation.settings.headers, &client.settings.headers, &private);
    let declaration = declaration(operation, client, &private, !headers.is_empty());
    quote! {
        #(#cfg)*
        #[doc = #doc]
        #vis const #name: &'static #private::Operation = {
            #headers
            static OPERATION: #private::Operation = #private::Operation::declared(#declaration);
            &OPERATION
        };
    }
}

fn doc(operation: &Operation<'_>) -> String {
    let verb = operation.verb.as_ref().map_or("", |verb| verb.as_str());
    let template = template(operation);
    format!("The operation `{}`: `{verb} {}`.", operation.name, template.replace('`', "%60"))
}

fn declaration(
    operation: &Operation<'_>,
    client: &Client<'_>,
    private: &TokenStream,
    has_headers: bool,
) -> TokenStream {
    let service = option(client.args.service.as_ref().map(|service| quote!(#service)));
    let trait_name = syntax::plain(&client.original.ident);
    let (name, full_name) = (&operation.name, full_name(operation, client));
    let verb = operation
        .verb
        .as_ref()
        .map_or_else(|| quote!(#private::Verb::Get), |verb| verb.runtime(private));
    let template = template(operation);
    let idempotent = operation.idempotent;
    let tags = tags(&operation.settings, &client.settings);
    let timeouts = timeouts(&operation.settings, &client.settings, private);
    let headers = if has_headers { quote!(&HEADERS) } else { quote!(&[]) };
    let accept = accept(&operation.settings, &client.settings);
    let none = none(operation.settings.none.as_ref().or(client.settings.none.as_ref()), private);
    quote! {
        #private::Declaration {
            service: #service,
            client: #trait_name,
            function: #name,
            name: #full_name,
            verb: #verb,
            template: #template,
            idempotent: #idempotent,
            tags: #tags,
            #timeouts
            headers: #headers,
            accept: #accept,
            none: #none,
        }
    }
}

/// As it is written; a link is labelled by its argument.
fn template(operation: &Operation<'_>) -> String {
    let link = operation.arguments.iter().find(|argument| matches!(argument.role, Role::Link));
    match (&operation.template, link) {
        (Some(template), _) => template.to_string(),
        (None, Some(link)) => format!("{{+{}}}", link.name),
        (None, None) => String::new(),
    }
}

fn option(value: Option<TokenStream>) -> TokenStream {
    value.map_or_else(
        || quote!(::core::option::Option::None),
        |value| quote!(::core::option::Option::Some(#value)),
    )
}

/// The method's tags win by name.
fn tags(own: &Settings, base: &Settings) -> TokenStream {
    let inherited =
        base.tags.iter().filter(|(name, _)| own.tags.iter().all(|(known, _)| known != name));
    let tags = inherited.chain(&own.tags).map(|(name, value)| quote!((#name, #value)));
    quote!(&[#(#tags),*])
}

/// The method's headers win by name; one that is removed stays in the list, for the hub's.
fn headers(own: &[StaticHeader], base: &[StaticHeader], private: &TokenStream) -> TokenStream {
    let inherited = base.iter().filter(|header| own.iter().all(|known| known.name != header.name));
    let headers: Vec<_> = inherited
        .chain(own)
        .map(|header| {
            let name = &header.name;
            match &header.value {
                Some(value) => quote!(#private::StaticHeader::set(#name, #value)),
                None => quote!(#private::StaticHeader::remove(#name)),
            }
        })
        .collect();
    let count = headers.len();
    if count == 0 {
        return TokenStream::new();
    }
    quote!(static HEADERS: [#private::StaticHeader; #count] = [#(#headers),*];)
}

fn timeouts(own: &Settings, base: &Settings, private: &TokenStream) -> TokenStream {
    let none = Timeouts::default();
    let base = base.timeouts.as_ref().unwrap_or(&none);
    let all = own.timeouts.as_ref().unwrap_or(&none).or(base);
    let [total, attempt, idle] = [all.total, all.attempt, all.idle].map(|limit| {
        option(limit.map(|limit| {
            let nanos = limit.nanos;
            quote!(#private::Duration::from_nanos(#nanos))
        }))
    });
    quote!(timeout: #total, attempt_timeout: #attempt, idle_timeout: #idle,)
}

fn accept(own: &Settings, base: &Settings) -> TokenStream {
    let ranges = own.accept.as_ref().or(base.accept.as_ref()).into_iter().flatten();
    let ranges = ranges.map(|(low, high)| quote!((#low, #high)));
    quote!(&[#(#ranges),*])
}

fn none(none: Option<&NoneWhen>, private: &TokenStream) -> TokenStream {
    let Some(NoneWhen { statuses, empty, null }) = none else {
        return quote!(#private::NoneWhen::DEFAULT);
    };
    quote!(#private::NoneWhen { statuses: &[#(#statuses),*], empty: #empty, null: #null })
}
