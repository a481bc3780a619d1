//! `#[derive(ErrorMap)]`: from `feign::Error` to the caller's own error type.
//!
//! As for the client: attrs -> model -> validate -> expand; every mistake is collected, in source
//! order, and an impl still comes out, so that the user reads the mistakes and nothing else.

mod attrs;
mod expand;
mod literal;
mod model;
mod status;
mod validate;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use self::model::ErrorMap;
use crate::errors::Errors;

pub(crate) fn derive(input: TokenStream) -> TokenStream {
    let input = match syn::parse2::<DeriveInput>(input) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    let mut errors = Errors::default();
    let map = ErrorMap::read(&input, &mut errors);
    validate::check(&map, &mut errors);
    if errors.len() == 0 {
        return expand::map(&map);
    }
    let mut output = errors.finish();
    output.extend(expand::stub(&map));
    output
}
