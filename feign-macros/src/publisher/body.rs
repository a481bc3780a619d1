//! What a method does: it fills a record, or one for each item, and hands it over.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::argument::{Argument, Role};
use super::method::Event;
use super::model::Publisher;
use super::topic::Piece;
use crate::attrs::TextForm;
use crate::expand::{Surface as _, argument, outcome};
use crate::syntax;

/// The body of a method: fills a record and hands it over, or one for each item.
pub(super) fn body(event: &Event<'_>, publisher: &Publisher<'_>) -> TokenStream {
    let private = publisher.private();
    let record = Ident::new("record", Span::mixed_site());
    let records = Ident::new("records", Span::mixed_site());
    let constant = &event.constant;
    let displayed = event.arguments.iter().any(|argument| argument.form == Some(TextForm::Display));
    let each = displayed.then(|| quote!(#[allow(unused_imports)] use #private::Each as _;));
    let codec = event.codec.as_ref().map(|path| {
        let span = syntax::span(path);
        let private = syntax::respan(private.clone(), span);
        quote_spanned!(span=> #private::is_codec::<#path>();)
    });
    let receiver = outcome::receiver(&event.method.original.sig);
    let pushes = pushes(event, &record, &private, &receiver);
    let fill = quote! {
        let mut #record = #private::publish::RecordBuilder::new(Self::#constant);
        #pushes
    };
    let Some(ty) = event.output else { unreachable!("validated: an event has a result") };
    // Every token bears the span of the type, or rustc would blame the attribute.
    let span = syntax::span(ty);
    let at = syntax::respan(private.clone(), span);
    let finish = quote_spanned!(span=> #at::publish::RecordBuilder::finish(#record));
    let [probe, runs] = ["__feign_result", "__feign_runs"].map(|name| Ident::new(name, span));
    let run = match event.each() {
        None => quote_spanned! {span=>
            #at::publish::is_published::<#ty>();
            let #probe = #at::probe::<#ty>();
            let #runs = #probe.__feign_publish();
            #fill
            #runs.one(#probe, &#receiver.publisher, #finish)
        },
        Some(argument) => {
            let (items, item) = (argument.ident, Ident::new("item", Span::mixed_site()));
            quote_spanned! {span=>
                #at::publish::is_published_each::<#ty>();
                let #probe = #at::probe::<#ty>();
                let #runs = #probe.__feign_publish_each();
                let mut #records = ::std::vec::Vec::new();
                for #item in #items {
                    #fill
                    ::std::vec::Vec::push(&mut #records, #finish);
                }
                #runs.each(#probe, &#receiver.publisher, #records)
            }
        }
    };
    quote! {
        #[allow(unused_imports)]
        use #private::{Fallback as _, publish::PublishFallback as _};
        #each
        #codec
        #run
    }
}

fn pushes(
    event: &Event<'_>,
    record: &Ident,
    private: &TokenStream,
    receiver: &TokenStream,
) -> TokenStream {
    let mut pushes = topic(event, record, private, receiver);
    let order = [
        Role::Key,
        Role::PartitionKey,
        Role::Partition,
        Role::Timestamp,
        Role::Header,
        Role::Headers,
    ];
    for role in order {
        let arguments = event.arguments.iter().filter(|argument| argument.role == Some(role));
        pushes.extend(arguments.map(|argument| push(argument, role, record, private)));
    }
    if let Some(argument) = event.argument(Role::Body) {
        pushes.extend(payload(argument, event, record, private));
    }
    pushes
}

fn topic(
    event: &Event<'_>,
    record: &Ident,
    private: &TokenStream,
    receiver: &TokenStream,
) -> TokenStream {
    if event.is_fixed() {
        return TokenStream::new();
    }
    let pieces = event.pieces.iter().flatten().map(|piece| match piece {
        Piece::Text(text) => quote!(#private::publish::RecordBuilder::topic(&mut #record, #text);),
        Piece::Hole(name) => match event.filling(name) {
            Some(argument) => {
                let (span, name) = (syntax::span(argument.value_type()), &argument.name);
                let spanned = syntax::respan(private.clone(), span);
                let (turbofish, value) = text(argument, private);
                quote_spanned!(span=> #spanned::publish::topic_value #turbofish(&mut #record, #name, #value);)
            }
            None => quote!(#private::publish::RecordBuilder::setting(&mut #record, &#receiver.publisher, #name);),
        },
    });
    pieces.collect()
}

/// The turbofish that names the user's type, so that it is blamed, and a reference to the value.
fn text(argument: &Argument<'_>, private: &TokenStream) -> (TokenStream, TokenStream) {
    let (ty, form) = (argument.value_type(), argument.form.as_ref());
    argument::shown(argument.ident, ty, argument.is_reference(), form, private)
}

fn push(argument: &Argument<'_>, role: Role, record: &Ident, private: &TokenStream) -> TokenStream {
    let span = syntax::span(argument.value_type());
    let private = syntax::respan(private.clone(), span);
    let (turbofish, value) = text(argument, &private);
    let name = &argument.name;
    let function = match role {
        Role::Key => "key",
        Role::PartitionKey => "partition_key",
        Role::Partition => "partition",
        Role::Timestamp => "timestamp",
        Role::Headers => "headers",
        Role::Topic | Role::Header | Role::Body => "header",
    };
    let function = Ident::new(function, span);
    let sent = (role == Role::Header).then(|| argument.header());
    let sent = sent.map(|sent| quote!(#sent,));
    quote_spanned!(span=> #private::publish::#function #turbofish(&mut #record, #sent #name, #value);)
}

pub(super) fn codec(path: &syn::Path, private: &TokenStream) -> TokenStream {
    let span = syntax::span(path);
    let private = syntax::respan(private.clone(), span);
    quote_spanned!(span=> #private::probe::<#path>().__feign_codec())
}

/// Probes a body as a client's is probed: raw if the type says so, else by the codec.
fn payload(
    argument: &Argument<'_>,
    event: &Event<'_>,
    record: &Ident,
    private: &TokenStream,
) -> TokenStream {
    let span = syntax::span(argument.value_type());
    let private = syntax::respan(private.clone(), span);
    let names = ["__feign_probe", "__feign_presence", "__feign_payload"];
    let [probe, presence, payload] = names.map(|name| Ident::new(name, span));
    let item = Ident::new("item", Span::mixed_site());
    let ident = if argument.each.is_some() { &item } else { argument.ident };
    let choose = match (&argument.json, &event.codec) {
        (Some(_), _) => quote_spanned!(span=> #private::ByCodec.payload(#probe)),
        (None, None) => quote_spanned!(span=> #probe.__feign_encoder().payload(#probe)),
        (None, Some(path)) => {
            let codec = codec(path, &private);
            quote_spanned!(span=> #probe.__feign_encoder().payload_by(#codec, #probe))
        }
    };
    let key = argument.key.as_ref().map(|path| {
        let reference = if argument.is_reference() { quote!(#item) } else { quote!(&#item) };
        let at = syntax::span(path);
        let private = syntax::respan(private.clone(), at);
        quote_spanned!(at=> #private::publish::key(&mut #record, "key", &#path(#reference));)
    });
    quote_spanned! {span=>
        {
            #key
            let #probe = #private::probe_of(&#ident);
            let (#probe, #presence) = #probe.__feign_present();
            let #payload = #choose;
            #presence.write(&mut #record, #payload, #ident);
        }
    }
}
