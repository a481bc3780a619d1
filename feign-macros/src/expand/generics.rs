//! The parameters of the trait, as the generated items need them.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::{GenericParam, Generics, ItemTrait, TypeParam, TypeParamBound, WherePredicate};

/// `'a, T, const N: usize` without bounds but `?Sized`, for the type and for what needs no bound.
pub(crate) struct Loose {
    /// With defaults: behind `struct X`.
    pub(crate) declared: TokenStream,
    /// Behind `impl`.
    pub(crate) params: TokenStream,
    /// Behind a name.
    pub(crate) arguments: TokenStream,
    /// The type of a field that uses all of them; `None` where there are none.
    pub(crate) marker: Option<TokenStream>,
}

impl Loose {
    pub(crate) fn of(generics: &Generics) -> Self {
        let mut declared = Vec::new();
        let mut params = Vec::new();
        let mut uses = Vec::new();
        for param in &generics.params {
            match param {
                GenericParam::Lifetime(param) => {
                    let lifetime = &param.lifetime;
                    declared.push(quote!(#lifetime));
                    params.push(quote!(#lifetime));
                    uses.push(quote!(&#lifetime ()));
                }
                GenericParam::Type(param) => {
                    let ident = &param.ident;
                    let bound =
                        is_maybe_unsized(param, generics).then(|| quote!(: ?::core::marker::Sized));
                    let default = param.default.as_ref().map(|(equals, ty)| quote!(#equals #ty));
                    declared.push(quote!(#ident #bound #default));
                    params.push(quote!(#ident #bound));
                    uses.push(quote!(#ident));
                }
                GenericParam::Const(param) => {
                    let (ident, ty) = (&param.ident, &param.ty);
                    let default =
                        param.default.as_ref().map(|(equals, value)| quote!(#equals #value));
                    declared.push(quote!(const #ident: #ty #default));
                    params.push(quote!(const #ident: #ty));
                }
            }
        }
        // `fn() -> ..` is `Send` and `Sync` whatever it returns; the inner ones may be unsized.
        let marker = (!uses.is_empty()).then(|| {
            quote!(::core::marker::PhantomData<fn() -> (#(::core::marker::PhantomData<#uses>,)*)>)
        });
        Self {
            declared: angle(&declared),
            params: angle(&params),
            arguments: arguments(generics),
            marker,
        }
    }
}

fn angle(params: &[TokenStream]) -> TokenStream {
    if params.is_empty() { TokenStream::new() } else { quote!(<#(#params),*>) }
}

/// `<'a, T, N>`
pub(crate) fn arguments(generics: &Generics) -> TokenStream {
    generics.split_for_impl().1.to_token_stream()
}

/// The parameters with their bounds, without angle brackets, each followed by a comma.
pub(crate) fn bounded(generics: &Generics) -> TokenStream {
    let mut generics = generics.clone();
    for param in &mut generics.params {
        match param {
            GenericParam::Type(param) => param.default = None,
            GenericParam::Const(param) => param.default = None,
            GenericParam::Lifetime(_) => {}
        }
    }
    let params = generics.params.iter();
    quote!(#(#params,)*)
}

/// The user's predicates, each followed by a comma.
pub(crate) fn predicates(generics: &Generics) -> TokenStream {
    let predicates = generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    quote!(#(#predicates,)*)
}

/// All supertraits: the user's, and `Send` and `Sync` where they are not among them.
pub(super) fn all_supertraits(original: &ItemTrait) -> TokenStream {
    let written = original.supertraits.iter();
    let ours = [("Send", quote!(::core::marker::Send)), ("Sync", quote!(::core::marker::Sync))];
    let missing = ours
        .into_iter()
        .filter(|(name, _)| !original.supertraits.iter().any(|bound| is_marker(bound, name)))
        .map(|(_, path)| path);
    let bounds = written.map(|bound| quote!(#bound)).chain(missing);
    quote!(#(#bounds)+*)
}

/// `Send`, `std::marker::Send`
fn is_marker(bound: &TypeParamBound, name: &str) -> bool {
    let TypeParamBound::Trait(bound) = bound else { return false };
    let segments = &bound.path.segments;
    let known = segments.len() == 1 || segments.iter().any(|segment| segment.ident == "marker");
    known && segments.last().is_some_and(|last| last.ident == name)
}

/// The user's supertraits, where there are any.
pub(super) fn supertraits(original: &ItemTrait) -> Option<TokenStream> {
    let supertraits = &original.supertraits;
    (!supertraits.is_empty()).then(|| {
        let bounds = supertraits.iter();
        quote!(#(#bounds)+*)
    })
}

fn is_maybe_unsized(param: &TypeParam, generics: &Generics) -> bool {
    let relaxed = |bound: &TypeParamBound| matches!(bound, TypeParamBound::Trait(bound) if bound.maybe.is_some());
    let elsewhere =
        generics.where_clause.iter().flat_map(|clause| &clause.predicates).any(|predicate| {
            match predicate {
                WherePredicate::Type(predicate) => {
                    let about = predicate.bounded_ty.to_token_stream().to_string();
                    param.ident == about && predicate.bounds.iter().any(relaxed)
                }
                _ => false,
            }
        });
    param.bounds.iter().any(relaxed) || elsewhere
}
