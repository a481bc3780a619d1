//! Small questions to syntax that `syn` does not answer.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt as _;
use syn::{GenericArgument, Ident, PathArguments, Type, TypeReference};

/// An identifier's text without `r#`.
pub(crate) fn plain(ident: &Ident) -> String {
    ident.unraw().to_string()
}

/// The span of the first token: what every toolchain can show.
pub(crate) fn span(tokens: impl ToTokens) -> Span {
    tokens.to_token_stream().into_iter().next().map_or_else(Span::call_site, |token| token.span())
}

/// A type without the groups that macros and parentheses put around it.
pub(crate) fn peel(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => peel(&group.elem),
        Type::Paren(paren) => peel(&paren.elem),
        ty => ty,
    }
}

/// The `&T` that a type is, as it is written.
pub(crate) fn reference(ty: &Type) -> Option<&TypeReference> {
    match peel(ty) {
        Type::Reference(reference) => Some(reference),
        _ => None,
    }
}

/// Finds `impl` at any depth.
pub(crate) fn find_impl(tokens: impl ToTokens) -> Option<Span> {
    tokens.to_token_stream().into_iter().find_map(|token| match token {
        TokenTree::Ident(ident) if ident == "impl" => Some(ident.span()),
        TokenTree::Group(group) => find_impl(group.stream()),
        _ => None,
    })
}

/// Whether an identifier stands somewhere.
pub(crate) fn mentions(tokens: impl ToTokens, name: &str) -> bool {
    tokens.to_token_stream().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == name,
        TokenTree::Group(group) => mentions(group.stream(), name),
        _ => false,
    })
}

/// Finds a `&` that is not inside of a function's signature.
pub(crate) fn find_reference(tokens: impl ToTokens) -> Option<Span> {
    let mut after_ident = false;
    for token in tokens.to_token_stream() {
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == '&' => return Some(punct.span()),
            // `fn(&str)` and `Fn(&str)`: the reference is not in the value.
            TokenTree::Group(group)
                if group.delimiter() == Delimiter::Parenthesis && after_ident => {}
            TokenTree::Group(group) => {
                if let Some(found) = find_reference(group.stream()) {
                    return Some(found);
                }
            }
            _ => {}
        }
        after_ident = matches!(token, TokenTree::Ident(_));
    }
    None
}

/// Whether a lifetime is named, or a reference has one that is not.
pub(crate) fn names_lifetime(tokens: impl ToTokens) -> bool {
    let mut quote = false;
    for token in tokens.to_token_stream() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '&' => return true,
            TokenTree::Punct(punct) if punct.as_char() == '\'' => quote = true,
            TokenTree::Ident(ident) if quote => {
                quote = false;
                if ident != "static" {
                    return true;
                }
            }
            TokenTree::Group(group) if names_lifetime(group.stream()) => return true,
            _ => quote = false,
        }
    }
    false
}

/// The place that a message about a result should point at: `Item` in `Result<Option<Item>, Error>`.
///
/// Only spans are chosen by the text of a type, never a meaning.
pub(crate) fn value_span(output: &Type) -> Span {
    let mut ty = generic_arguments(output).next().unwrap_or(output);
    while is_wrapper(ty)
        && let Some(inner) = generic_arguments(ty).next()
    {
        ty = inner;
    }
    span(peel(ty))
}

fn is_wrapper(ty: &Type) -> bool {
    let Type::Path(path) = peel(ty) else { return false };
    path.path.segments.last().is_some_and(|last| last.ident == "Option" || last.ident == "Response")
}

/// Whether a path ends in this name: a hint, nothing that decides what a type is.
pub(crate) fn is_written(ty: &Type, name: &str) -> bool {
    matches!(peel(ty), Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == name))
}

/// Whether a type is written as a `Result` of `()`, alone or as `Option<()>` or `Response<()>`.
pub(crate) fn is_result_of_unit(ty: &Type) -> bool {
    let mut value =
        is_written(ty, "Result").then_some(ty).and_then(|ty| generic_arguments(ty).next());
    while let Some(ty) = value.filter(|ty| is_written(ty, "Option") || is_written(ty, "Response")) {
        value = generic_arguments(ty).next();
    }
    matches!(value.map(peel), Some(Type::Tuple(tuple)) if tuple.elems.is_empty())
}

/// The place of the error type: `Error` in `Result<Item, Error>`.
pub(crate) fn error_span(output: &Type) -> Span {
    generic_arguments(output).nth(1).map_or_else(|| span(peel(output)), span)
}

fn generic_arguments(ty: &Type) -> impl Iterator<Item = &Type> {
    let last = match peel(ty) {
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    };
    let arguments = last.and_then(|segment| match &segment.arguments {
        PathArguments::AngleBracketed(arguments) => Some(&arguments.args),
        _ => None,
    });
    arguments.into_iter().flatten().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// Gives all tokens a span, so that what they name is looked up, and blamed, there.
pub(crate) fn respan(tokens: TokenStream, span: Span) -> TokenStream {
    spanned(tokens, &|_| span)
}

/// A user's path where we write it many times: found where it stands, but not linted as theirs.
pub(crate) fn ours(path: &syn::Path) -> TokenStream {
    spanned(path.to_token_stream(), &|span| Span::call_site().located_at(span))
}

fn spanned(tokens: TokenStream, of: &dyn Fn(Span) -> Span) -> TokenStream {
    tokens
        .into_iter()
        .map(|mut token| {
            match &mut token {
                // `$crate` means what it means by its own span.
                TokenTree::Ident(ident) if ident == "$crate" => {}
                TokenTree::Group(group) => {
                    let inner = spanned(group.stream(), of);
                    let mut inner = proc_macro2::Group::new(group.delimiter(), inner);
                    inner.set_span(of(group.span()));
                    return TokenTree::Group(inner);
                }
                token => token.set_span(of(token.span())),
            }
            token
        })
        .collect()
}

/// Writes a type for a message, without the spaces that tokens have.
pub(crate) fn show(tokens: impl ToTokens) -> String {
    let text = tokens.to_token_stream().to_string();
    let mut out = text
        .replace(" : ", ": ")
        .replace(" :: ", "::")
        .replace(" <", "<")
        .replace("< ", "<")
        .replace(" >", ">");
    out = out
        .replace(" ,", ",")
        .replace("& ", "&")
        .replace(" (", "(")
        .replace("( ", "(")
        .replace(" )", ")");
    out
}

#[cfg(test)]
mod tests {
    use syn::spanned::Spanned as _;

    use super::*;

    fn ty(text: &str) -> Type {
        syn::parse_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn references_and_lifetimes() {
        assert!(find_reference(ty("Result<&str, E>")).is_some());
        assert!(find_reference(ty("Result<Vec<(u8, &'a str)>, E>")).is_some());
        assert!(find_reference(ty("Result<fn(&str) -> u8, E>")).is_none());
        assert!(names_lifetime(ty("Result<Cow<'_, str>, E>")));
        assert!(names_lifetime(ty("Result<[Cow<'a, str>; 2], E>")));
        assert!(!names_lifetime(ty("Result<Cow<'static, str>, E>")));
        assert!(find_impl(ty("Result<Vec<impl Sized>, E>")).is_some());
        assert!(find_impl(ty("Result<Implement, E>")).is_none());
    }

    #[test]
    fn messages_point_at_the_innermost_value() {
        let output = ty("Result<Option<Item>, MyError>");
        let Type::Path(path) = &output else { return };
        let [GenericArgument::Type(value), GenericArgument::Type(error)] =
            &match &path.path.segments[0].arguments {
                PathArguments::AngleBracketed(arguments) => {
                    arguments.args.iter().cloned().collect::<Vec<_>>()
                }
                _ => Vec::new(),
            }[..]
        else {
            return;
        };
        let item = generic_arguments(value).next().cloned();
        assert_eq!(value_span(&output).start(), item.span().start());
        assert_eq!(error_span(&output).start(), error.span().start());
    }
}
