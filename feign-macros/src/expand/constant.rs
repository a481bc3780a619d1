//! What is known about each operation, as a constant of the client.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use crate::attrs::{Log, NoneWhen, Settings, StaticHeader, Timeouts};
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
    let service = client.args.service.as_ref().map_or_else(String::new, syn::LitStr::value);
    let name = full_name(operation, client);
    let verb = operation
        .verb
        .as_ref()
        .map_or_else(|| quote!(#private::Verb::Get), |verb| verb.runtime(private));
    let (template, idempotent) = (template(operation), operation.idempotent);
    let plain = quote!(#private::Declaration::of(#service, #name, #verb, #template, #idempotent));
    let said = said(operation, client, private, has_headers);
    if said.is_empty() { plain } else { quote!(#private::Declaration { #said ..#plain }) }
}

/// The fields of what is said beside verb and path; nothing else is printed.
fn said(
    operation: &Operation<'_>,
    client: &Client<'_>,
    private: &TokenStream,
    has_headers: bool,
) -> TokenStream {
    let (own, base) = (&operation.settings, &client.settings);
    let tags = tags(own, base);
    let timeouts = timeouts(own, base, private);
    let headers = has_headers.then(|| quote!(headers: &HEADERS,));
    let accept = accept(own, base);
    let none = own.none.as_ref().or(base.none.as_ref()).map(|none| self::none(none, private));
    let compress = compress(operation, client, private);
    let log = operation.log.as_ref().or(client.args.log.as_ref()).map(|log| level(log, private));
    quote!(#tags #timeouts #headers #accept #none #compress #log)
}

fn level(log: &Log, private: &TokenStream) -> TokenStream {
    let level = Ident::new(log.level, log.word.span());
    quote!(log: ::core::option::Option::Some(#private::Level::#level),)
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

/// The method's tags win by name.
fn tags(own: &Settings, base: &Settings) -> Option<TokenStream> {
    let inherited =
        base.tags.iter().filter(|(name, _)| own.tags.iter().all(|(known, _)| known != name));
    let tags: Vec<_> =
        inherited.chain(&own.tags).map(|(name, value)| quote!((#name, #value))).collect();
    (!tags.is_empty()).then(|| quote!(tags: &[#(#tags),*],))
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
    let fields =
        [("timeout", all.total), ("attempt_timeout", all.attempt), ("idle_timeout", all.idle)];
    let said = fields.into_iter().filter_map(|(field, limit)| {
        let (field, nanos) = (Ident::new(field, Span::call_site()), limit?.nanos);
        Some(quote! {
            #field: ::core::option::Option::Some(#private::Duration::from_nanos(#nanos)),
        })
    });
    said.collect()
}

fn accept(own: &Settings, base: &Settings) -> Option<TokenStream> {
    let ranges = own.accept.as_ref().or(base.accept.as_ref())?;
    let ranges = ranges.iter().map(|(low, high)| quote!((#low, #high)));
    Some(quote!(accept: &[#(#ranges),*],))
}

/// Asked for at the word, where a missing feature is told.
fn compress(
    operation: &Operation<'_>,
    client: &Client<'_>,
    private: &TokenStream,
) -> Option<TokenStream> {
    let has_content = operation.arguments.iter().any(|argument| argument.role.is_content());
    let compress = operation.settings.compress.as_ref().or(client.settings.compress.as_ref());
    let compress = compress.filter(|_| has_content && !operation.method.broken)?;
    let span = compress.word.span();
    let coding = Ident::new(compress.coding?, span);
    let private = syntax::respan(private.clone(), span);
    let compression = quote_spanned!(span=> #private::compression(#private::Compression::#coding));
    Some(quote!(compress: ::core::option::Option::Some(#compression),))
}

fn none(none: &NoneWhen, private: &TokenStream) -> TokenStream {
    let NoneWhen { statuses, empty, null, .. } = none;
    quote!(none: #private::NoneWhen { statuses: &[#(#statuses),*], empty: #empty, null: #null },)
}
