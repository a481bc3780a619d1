//! Names for lifetimes that the user left out, as a boxed future needs them.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::{
    FnArg, GenericParam, Generics, Lifetime, LifetimeParam, ReceiverKind, Signature, Type,
    WherePredicate, parse_quote,
};

/// Names every lifetime of the arguments, and bounds each by that of the future.
pub(crate) fn name_all(signature: &mut Signature, future: &Lifetime, receiver: &Lifetime) {
    let mut named: Vec<Lifetime> =
        signature.generics.lifetimes().map(|param| param.lifetime.clone()).collect();
    let mut fresh = vec![future.clone()];
    for input in &mut signature.inputs {
        match input {
            FnArg::Receiver(this) => name_receiver(&mut this.kind, receiver, &mut fresh),
            FnArg::Typed(typed) => {
                let tokens = name(typed.ty.to_token_stream(), &mut fresh);
                *typed.ty = Type::Verbatim(tokens);
            }
        }
    }
    named.extend(fresh.iter().skip(1).cloned());
    let where_clause = signature.generics.make_where_clause();
    for lifetime in &named {
        let predicate: WherePredicate = parse_quote!(#lifetime: #future);
        where_clause.predicates.push(predicate);
    }
    for (at, lifetime) in fresh.into_iter().enumerate() {
        signature.generics.params.insert(at, GenericParam::Lifetime(LifetimeParam::new(lifetime)));
    }
}

/// What the trait is generic over outlives the future too.
pub(crate) fn bound_all(signature: &mut Signature, of_trait: &Generics, future: &Lifetime) {
    let where_clause = signature.generics.make_where_clause();
    for param in &of_trait.params {
        let predicate: WherePredicate = match param {
            GenericParam::Lifetime(param) => {
                let lifetime = &param.lifetime;
                parse_quote!(#lifetime: #future)
            }
            GenericParam::Type(param) => {
                let ident = &param.ident;
                parse_quote!(#ident: #future)
            }
            GenericParam::Const(_) => continue,
        };
        where_clause.predicates.push(predicate);
    }
}

/// `Cow<'_, str>` in a result borrows from the client.
pub(crate) fn in_output(output: TokenStream, receiver: &Lifetime) -> TokenStream {
    replace(output, &mut |_| receiver.clone())
}

/// Puts a lifetime in place of another one.
pub(crate) fn renamed(tokens: TokenStream, from: &Lifetime, to: &Lifetime) -> TokenStream {
    let mut out = TokenStream::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(tick)
                if tick.as_char() == '\''
                    && matches!(tokens.peek(), Some(TokenTree::Ident(name)) if *name == from.ident) =>
            {
                tokens.next();
                to.to_tokens(&mut out);
            }
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), renamed(group.stream(), from, to));
                inner.set_span(group.span());
                out.extend([TokenTree::Group(inner)]);
            }
            token => out.extend([token]),
        }
    }
    out
}

fn name_receiver(kind: &mut ReceiverKind, receiver: &Lifetime, fresh: &mut Vec<Lifetime>) {
    if let ReceiverKind::Reference(_, lifetime, _) = kind {
        let elided = lifetime.as_ref().is_none_or(|lifetime| lifetime.ident == "_");
        if elided {
            *lifetime = Some(receiver.clone());
            fresh.push(receiver.clone());
        }
    }
}

fn name(ty: TokenStream, fresh: &mut Vec<Lifetime>) -> TokenStream {
    replace(ty, &mut |span| {
        let lifetime = Lifetime::new(&format!("'life{}", fresh.len()), span);
        fresh.push(lifetime.clone());
        lifetime
    })
}

/// Puts a lifetime behind each bare `&` and in place of each `'_`, but in a function's signature.
fn replace(tokens: TokenStream, lifetime: &mut dyn FnMut(Span) -> Lifetime) -> TokenStream {
    let mut out = TokenStream::new();
    let mut tokens = tokens.into_iter().peekable();
    let mut after_ident = false;
    while let Some(token) = tokens.next() {
        let is_ident = matches!(token, TokenTree::Ident(_));
        match token {
            TokenTree::Punct(and) if and.as_char() == '&' => {
                let span = Span::mixed_site().located_at(and.span());
                out.extend([TokenTree::Punct(and)]);
                let named =
                    matches!(tokens.peek(), Some(TokenTree::Punct(next)) if next.as_char() == '\'');
                if !named {
                    lifetime(span).to_tokens(&mut out);
                }
            }
            TokenTree::Punct(tick) if tick.as_char() == '\'' => {
                let elided = matches!(tokens.peek(), Some(TokenTree::Ident(name)) if name == "_");
                if elided {
                    tokens.next();
                    lifetime(Span::mixed_site().located_at(tick.span())).to_tokens(&mut out);
                } else {
                    out.extend([TokenTree::Punct(tick)]);
                }
            }
            TokenTree::Group(group)
                if !(after_ident && group.delimiter() == Delimiter::Parenthesis) =>
            {
                let mut inner = Group::new(group.delimiter(), replace(group.stream(), lifetime));
                inner.set_span(group.span());
                out.extend([TokenTree::Group(inner)]);
            }
            token => out.extend([token]),
        }
        after_ident = is_ident;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lifetime_of_an_argument_gets_a_name() {
        let mut signature: Signature = parse_quote!(
            fn f<'a>(&self, a: &str, b: Cow<'_, str>, c: &'a [&u8], d: fn(&str) -> u8)
        );
        let future = Lifetime::new("'f", Span::call_site());
        let receiver = Lifetime::new("'me", Span::call_site());
        name_all(&mut signature, &future, &receiver);
        let expected: Signature = parse_quote!(
            fn f<'f, 'me, 'life2, 'life3, 'life4, 'a>(
                &'me self, a: &'life2 str, b: Cow<'life3, str>, c: &'a [&'life4 u8], d: fn(&str) -> u8
            ) where 'a: 'f, 'me: 'f, 'life2: 'f, 'life3: 'f, 'life4: 'f
        );
        assert_eq!(signature.to_token_stream().to_string(), expected.to_token_stream().to_string());
    }
}
