//! `#[publisher]`: the same pipeline as `#[client]`, attrs → model → validate → expand, and its output but
//! for what the methods do.

mod args;
mod argument;
pub(crate) mod asyncapi;
mod attrs;
mod body;
mod expand;
mod method;
mod model;
mod rules;
mod topic;

use proc_macro2::TokenStream;
use quote::quote;

pub(crate) use argument::is_mark;

use crate::errors::Errors;
use crate::{automock, parse};

pub(crate) fn expand(args: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let Some(original) = parse::client_trait(item.clone(), parse::PUBLISHER, &mut errors) else {
        let errors = errors.finish();
        let item = if automock::is_copy(&item) { automock::stripped(item) } else { item };
        return quote!(#errors #item);
    };
    let publisher = model::Publisher::new(args, &original, &mut errors);
    let output = expand::publisher(&publisher);
    let errors = errors.finish();
    quote!(#errors #output)
}
