//! The rules, and the call that finds the first of them that holds.

use proc_macro2::TokenStream;
use quote::quote;
use syn::LitStr;

use super::error;
use crate::error_map::model::Variant;
use crate::error_map::status::Range;
use crate::syntax;

/// The rules in the order of their rank: the first that holds wins.
pub(super) fn choice(
    private: &TokenStream,
    pointer: Option<&LitStr>,
    variants: &[Variant<'_>],
) -> TokenStream {
    let mut rules: Vec<_> = variants
        .iter()
        .enumerate()
        .flat_map(|(index, variant)| variant.rules.iter().map(move |rule| (index, rule)))
        .collect();
    rules.sort_by_key(|(_, rule)| {
        (rule.code.is_none(), matches!(rule.status.range, Range::Class(_)))
    });
    let uses_code = rules.iter().any(|(_, rule)| rule.code.is_some());
    let rules = rules.into_iter().map(|(index, rule)| {
        let (first, last) = rule.status.range.bounds();
        match &rule.code {
            Some(code) => {
                let text = &code.text;
                quote!(#private::Rule::with_code(#first, #last, #text, #index))
            }
            None => quote!(#private::Rule::new(#first, #last, #index)),
        }
    });
    let rules = quote!(const { &[#(#rules),*] });
    let error = error();
    match pointer.filter(|_| uses_code) {
        Some(pointer) => {
            // Without the feature `json` it is blamed.
            let reader = syntax::respan(quote!(#private::JsonPointer), pointer.span());
            quote!(#private::choose_by_code::<#reader>(#rules, #pointer, &#error))
        }
        None => quote!(#private::choose(#rules, &#error)),
    }
}
