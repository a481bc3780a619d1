//! The macros of feign. Their documentation stands at the facade's re-exports.

mod attrs;
mod automock;
mod duration;
mod error_map;
mod errors;
mod expand;
mod lifetimes;
mod model;
mod param;
mod parse;
mod publisher;
mod rename;
mod spell;
mod syntax;
mod template;
mod template_macro;
#[cfg(test)]
mod tests;
mod validate;

use proc_macro::TokenStream;

#[expect(missing_docs, reason = "rustdoc would append them to the facade's")]
#[proc_macro_attribute]
pub fn client(args: TokenStream, item: TokenStream) -> TokenStream {
    expand_client(args.into(), item.into()).into()
}

#[expect(missing_docs, reason = "rustdoc would append them to the facade's")]
#[proc_macro_attribute]
pub fn publisher(args: TokenStream, item: TokenStream) -> TokenStream {
    publisher::expand(args.into(), item.into()).into()
}

#[expect(missing_docs, reason = "rustdoc would append them to the facade's")]
#[proc_macro_derive(Param, attributes(param, serde))]
pub fn derive_param(input: TokenStream) -> TokenStream {
    param::derive(input.into()).into()
}

#[expect(missing_docs, reason = "rustdoc would append them to the facade's")]
#[proc_macro_derive(ErrorMap, attributes(status, code, otherwise, header, retry_after, error_map))]
pub fn derive_error_map(input: TokenStream) -> TokenStream {
    error_map::derive(input.into()).into()
}

#[doc(hidden)]
#[proc_macro]
pub fn __template(input: TokenStream) -> TokenStream {
    template_macro::expand(input.into()).into()
}

/// The pipeline: attrs → model → validate → expand.
fn expand_client(
    args: proc_macro2::TokenStream,
    item: proc_macro2::TokenStream,
) -> proc_macro2::TokenStream {
    let mut errors = errors::Errors::default();
    let Some(original) = parse::client_trait(item.clone(), parse::CLIENT, &mut errors) else {
        let errors = errors.finish();
        let item = if automock::is_copy(&item) { automock::stripped(item) } else { item };
        return quote::quote!(#errors #item);
    };
    let client = model::Client::new(args, &original, &mut errors);
    let output = expand::expand(&client);
    let errors = errors.finish();
    quote::quote!(#errors #output)
}
