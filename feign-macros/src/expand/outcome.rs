//! The end of a method: what the result is, and the call.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::Signature;

use super::filling::Filling;
use crate::model::{Operation, Output};
use crate::syntax;

/// Every token bears the span of the type, or rustc would blame the attribute: it looks for the
/// culprit only where call and argument have the same hygiene. The names are reserved instead.
pub(super) fn outcome(operation: &Operation<'_>, filling: &Filling) -> TokenStream {
    let (ty, value, error) = match operation.output {
        Output::Type(ty) => (quote!(#ty), syntax::value_span(ty), syntax::error_span(ty)),
        Output::Unit => unreachable!("validated: an operation returns a `Result`"),
    };
    let names = ["whole", "probe", "error", "outcome", "delivery", "presence", "reader"];
    let [whole, probe, failure, outcome, delivery, presence, reader] = names.map(|name| {
        Ident::new(&format!("__feign_{name}"), if name == "error" { error } else { value })
    });
    // The answer to HEAD has no body, so only results that want none can be read.
    let headless = operation.verb.as_ref().is_some_and(|verb| verb.as_str() == "HEAD");
    let private = filling.private_at(value);
    let codec = filling.codec.as_ref().filter(|_| !headless);
    let read = match codec {
        None => Ident::new(if headless { "headless" } else { "reader" }, value),
        Some(_) => Ident::new("reader_by", value),
    };
    let codec = codec.map(|path| {
        let by = super::codec(path, filling);
        quote!(#by,)
    });
    let call_private = filling.private_at(error);
    let call = quote_spanned!(error=> #call_private::call);
    let (request, receiver) = (&filling.request, receiver(&operation.method.original.sig));
    // On the trait it is for those methods whose result may be absent.
    let narrowed = operation.settings.none.as_ref().and_then(|none| none.span).map(|span| {
        let presence = Ident::new("__feign_presence", value);
        let private = filling.private_at(span);
        quote_spanned!(span=> #private::narrowed(#presence);)
    });
    let call = quote_spanned! {value=>
        #call(&#receiver.client, #request, #delivery, #presence, #reader, #failure)
    };
    // What is written as a `Result` and is none is refused all the same, only with more words; where
    // it is one, as nearly always, a call less is printed.
    let written = matches!(operation.output, Output::Type(ty) if syntax::is_written(ty, "Result"));
    let call =
        if written { call } else { quote_spanned!(value=> #outcome.returned(#whole, #call)) };
    let outcome = if written { quote_spanned!(value=> _) } else { quote!(#outcome) };
    quote_spanned! {value=>
        let #whole = #private::probe::<#ty>();
        let (#probe, #failure, #outcome) = #whole.__feign_result();
        let (#probe, #delivery) = #probe.__feign_whole();
        let (#probe, #presence) = #probe.__feign_optional();
        #narrowed
        let #reader = #probe.__feign_decoder().#read(#codec #probe);
        #call
    }
}

/// The user's own `self`: another one would be a stranger to the signature.
pub(crate) fn receiver(signature: &Signature) -> TokenStream {
    match signature.receiver() {
        Some(receiver) => {
            let token = &receiver.self_token;
            quote!(#token)
        }
        None => unreachable!("validated: an operation takes `&self`"),
    }
}
