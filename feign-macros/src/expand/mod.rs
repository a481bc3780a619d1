//! From the model to tokens: total functions, no rule and no `Result`.

pub(crate) mod argument;
pub(crate) mod client;
mod constant;
pub(crate) mod declaration;
mod filling;
pub(crate) mod forward;
pub(crate) mod generics;
pub(crate) mod implementation;
mod method;
pub(crate) mod outcome;
mod signature;
mod surface;
pub(crate) mod template;
pub(crate) mod twin;

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

pub(crate) use surface::{Part, Surface};

use crate::attrs;
use crate::model::Client;
use crate::syntax;

/// Writes the trait, its client, and what makes both useful.
///
/// After a mistake everything is still there and type-checks, so that the mistakes are all that
/// is shown; only, a broken method never answers.
pub(crate) fn expand(client: &Client<'_>) -> TokenStream {
    let declaration = declaration::declaration(client);
    let client_type = client::client(client);
    let implementation = implementation::implementation(client);
    let forwards = forward::forwards(client);
    let twin = client.args.dynamic.map(|_| twin::twin(client));
    quote! {
        #declaration
        #client_type
        #implementation
        #forwards
        #twin
    }
}

/// The codec that a declaration names.
fn codec(path: &syn::Path, filling: &filling::Filling) -> TokenStream {
    let span = syntax::span(path);
    let private = filling.private_at(span);
    quote_spanned!(span=> #private::probe::<#path>().__feign_codec())
}

/// The `cfg` of attributes that are otherwise the trait's.
fn cfg(attributes: &[syn::Attribute]) -> TokenStream {
    let cfg =
        attributes.iter().filter(|attribute| attrs::place(attribute) == attrs::Place::Everywhere);
    quote!(#(#cfg)*)
}
