//! What stands between the parentheses of an attribute, piece by piece.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::{Attribute, Expr, Ident, Lit, LitStr, Meta, Token};

use crate::errors::Errors;

/// One of the pieces that commas part.
pub(crate) enum Entry {
    /// `display`
    Word(Ident),
    /// `"2s"`, `409`, `4xx`
    Literal(Lit),
    /// `attempt = "600ms"`
    Pair { key: Ident, value: Expr },
    /// `remove("x-foo")`
    Call { key: Ident, arguments: TokenStream },
    /// Anything else, for its span.
    Other(TokenStream),
}

impl ToTokens for Entry {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Word(key) | Self::Call { key, .. } => key.to_tokens(tokens),
            Self::Literal(literal) => literal.to_tokens(tokens),
            Self::Pair { key, value } => {
                key.to_tokens(tokens);
                value.to_tokens(tokens);
            }
            Self::Other(other) => other.to_tokens(tokens),
        }
    }
}

impl Entry {
    /// The name by which an option is known, if this is one.
    pub(crate) const fn key(&self) -> Option<&Ident> {
        match self {
            Self::Word(key) | Self::Pair { key, .. } | Self::Call { key, .. } => Some(key),
            Self::Literal(_) | Self::Other(_) => None,
        }
    }
}

/// Reads the entries of `#[name]` or `#[name(..)]`; `form` is what `#[name = ..]` should be.
pub(crate) fn entries(attribute: &Attribute, form: &str, errors: &mut Errors) -> Vec<Entry> {
    match &attribute.meta {
        Meta::Path(_) => Vec::new(),
        Meta::List(list) => parse(list.tokens.clone()),
        Meta::NameValue(pair) => {
            errors.add(
                pair,
                format!(
                    "`{}` takes its value in parentheses; write `{form}`",
                    name(&attribute.meta)
                ),
            );
            Vec::new()
        }
    }
}

fn name(meta: &Meta) -> String {
    let path: Vec<_> =
        meta.path().segments.iter().map(|segment| segment.ident.to_string()).collect();
    format!("#[{}]", path.join("::"))
}

/// Cuts at commas first, so that one bad piece hides no other.
pub(crate) fn parse(tokens: TokenStream) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut piece = TokenStream::new();
    for token in tokens {
        if matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ',') {
            entries.push(
                entry(std::mem::take(&mut piece)).unwrap_or_else(|| Entry::Other(token.into())),
            );
        } else {
            piece.extend([token]);
        }
    }
    entries.extend(entry(piece));
    entries
}

fn entry(piece: TokenStream) -> Option<Entry> {
    if piece.is_empty() {
        return None;
    }
    let parse = |input: ParseStream<'_>| -> syn::Result<Entry> {
        if input.peek(Lit) {
            return input.parse().map(Entry::Literal);
        }
        let key = Ident::parse_any(input)?;
        if input.is_empty() {
            Ok(Entry::Word(key))
        } else if input.peek(syn::token::Paren) {
            let arguments;
            syn::parenthesized!(arguments in input);
            Ok(Entry::Call { key, arguments: arguments.parse()? })
        } else {
            input.parse::<Token![=]>()?;
            Ok(Entry::Pair { key, value: input.parse()? })
        }
    };
    Some(parse.parse2(piece.clone()).unwrap_or(Entry::Other(piece)))
}

/// Returns the string literal that an expression is, also through a macro's invisible group.
pub(crate) fn string(expr: &Expr) -> Option<&LitStr> {
    match expr {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(string) => Some(string),
            _ => None,
        },
        Expr::Group(group) => string(&group.expr),
        _ => None,
    }
}

/// Keeps the first value of a key; a second one is a mistake.
pub(crate) fn keep<T>(
    slot: &mut Option<T>,
    value: T,
    at: impl ToTokens,
    what: &str,
    errors: &mut Errors,
) {
    if slot.is_some() {
        errors.add(at, format!("{what} is said twice; write it once"));
    } else {
        *slot = Some(value);
    }
}
