//! The trait as syntax; one that does not parse is read member by member, and the good ones stay.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser as _};
use syn::{Attribute, ItemTrait, TraitItem, Visibility};

use crate::automock;
use crate::errors::Errors;

/// How the trait of an attribute is written, for messages about syntax.
#[derive(Clone, Copy)]
pub(crate) struct Words {
    attribute: &'static str,
    made: &'static str,
    form: &'static str,
}

pub(crate) const CLIENT: Words = Words {
    attribute: "client",
    made: "a client",
    form: "write a method as `#[get(\"/path\")] async fn name(&self) -> Result<T, feign::Error>;`",
};

pub(crate) const PUBLISHER: Words = Words {
    attribute: "publisher",
    made: "a publisher",
    form: "write a method as `#[topic(\"name\")] async fn name(&self, #[body] event: &T) -> Result<Receipt, \
           feign::publish::Error>;`",
};

/// Returns the trait, without the members that do not parse; `None` if this is no trait.
pub(crate) fn client_trait(
    item: TokenStream,
    words: Words,
    errors: &mut Errors,
) -> Option<ItemTrait> {
    match syn::parse2(item.clone()) {
        Ok(item) => Some(item),
        Err(error) if begins_trait(&item) => {
            let before = errors.len();
            let parsed = by_member(item, words, errors);
            if errors.len() == before {
                errors.push(with_form(&error, words));
            }
            parsed
        }
        Err(_) => {
            errors.add(first_word(&item), not_a_trait(&item, words));
            None
        }
    }
}

fn with_form(error: &syn::Error, words: Words) -> syn::Error {
    syn::Error::new(error.span(), format!("{error}; {}", words.form))
}

/// Parses the head as a trait without members, then each member by itself.
fn by_member(item: TokenStream, words: Words, errors: &mut Errors) -> Option<ItemTrait> {
    let mut tokens: Vec<TokenTree> = item.into_iter().collect();
    let Some(TokenTree::Group(body)) = tokens.pop() else { return None };
    let mut empty = proc_macro2::Group::new(Delimiter::Brace, TokenStream::new());
    empty.set_span(body.span());
    tokens.push(empty.into());
    let mut head: ItemTrait = match syn::parse2(tokens.into_iter().collect()) {
        Ok(head) => head,
        Err(error) => {
            errors.push(with_form(&error, words));
            return None;
        }
    };
    for member in members(body.stream()) {
        match syn::parse2::<TraitItem>(member) {
            Ok(member) => head.items.push(member),
            Err(error) => errors.push(with_form(&error, words)),
        }
    }
    Some(head)
}

/// Cuts a trait's body behind each `;` and each block.
fn members(body: TokenStream) -> Vec<TokenStream> {
    let mut members = Vec::new();
    let mut member = TokenStream::new();
    for token in body {
        let ends = match &token {
            TokenTree::Punct(punct) => punct.as_char() == ';',
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
            _ => false,
        };
        member.extend([token]);
        if ends {
            members.push(std::mem::take(&mut member));
        }
    }
    if !member.is_empty() {
        members.push(member);
    }
    members
}

/// Finds `trait` behind attributes and visibility.
fn begins_trait(item: &TokenStream) -> bool {
    head(item).is_some_and(|words| words.iter().any(|word| word == "trait"))
}

fn head(item: &TokenStream) -> Option<Vec<String>> {
    let head = |input: ParseStream<'_>| {
        input.call(Attribute::parse_outer)?;
        input.parse::<Visibility>()?;
        input.parse::<TokenStream>()
    };
    let rest = head.parse2(item.clone()).ok()?;
    let words = rest.into_iter().take(4).map_while(|token| match token {
        TokenTree::Ident(ident) => Some(ident.to_string()),
        _ => None,
    });
    Some(words.collect())
}

fn first_word(item: &TokenStream) -> TokenStream {
    let head = |input: ParseStream<'_>| {
        input.call(Attribute::parse_outer)?;
        input.parse::<Visibility>()?;
        input.parse::<TokenStream>()
    };
    let rest = head.parse2(item.clone()).unwrap_or_else(|_| item.clone());
    rest.into_iter().take(1).collect()
}

fn not_a_trait(item: &TokenStream, words: Words) -> String {
    if automock::is_copy(item) {
        return automock::MESSAGE.to_owned();
    }
    let Words { attribute, made, .. } = words;
    format!("`#[{attribute}]` makes {made} of a trait; write it above a `trait`")
}
