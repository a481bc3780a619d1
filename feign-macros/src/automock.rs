//! `#[automock]` above `#[client]`: it copies our attributes onto everything that it makes.

use proc_macro2::{Group, TokenStream, TokenTree};

use crate::attrs::{ARGUMENT, METHOD};

/// Said for each copy, and shown once, since all of them stand where `#[automock]` does.
pub(crate) const MESSAGE: &str = "`#[automock]` stands above `#[client]` and copies its attributes; write `#[automock]` below it";

/// Whether something that is no trait was made by `#[automock]`: mocks are named so.
pub(crate) fn is_copy(item: &TokenStream) -> bool {
    item.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => {
            let name = ident.to_string();
            name.starts_with("Mock")
                || name.starts_with("__mock_")
                || name.ends_with("_expectations")
        }
        TokenTree::Group(group) => is_copy(&group.stream()),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

/// Takes our attributes away, so that each copy is no further mistake.
pub(crate) fn stripped(tokens: TokenStream) -> TokenStream {
    let mut out = TokenStream::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let hash = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '#');
        if hash
            && matches!(tokens.peek(), Some(TokenTree::Group(group)) if is_ours(&group.stream()))
        {
            tokens.next();
            continue;
        }
        out.extend([match token {
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), stripped(group.stream()));
                inner.set_span(group.span());
                TokenTree::Group(inner)
            }
            token => token,
        }]);
    }
    out
}

/// `get(..)`, `feign::client`
fn is_ours(attribute: &TokenStream) -> bool {
    let path = attribute.clone().into_iter().map_while(|token| match token {
        TokenTree::Ident(ident) => Some(Some(ident.to_string())),
        TokenTree::Punct(punct) if punct.as_char() == ':' => Some(None),
        _ => None,
    });
    path.flatten().last().is_some_and(|name| {
        name == "client" || METHOD.contains(&name.as_str()) || ARGUMENT.contains(&name.as_str())
    })
}
