//! The generated type: a handle that knows where calls go.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::generics::Loose;
use super::{Surface, constant};
use crate::attrs::Balance;
use crate::model::Client;
use crate::syntax;

pub(super) fn client(client: &Client<'_>) -> TokenStream {
    let loose = Loose::of(&client.original.generics);
    let parts = [
        declaration(client, &loose),
        clone(client, &loose, "client"),
        debug(client, &loose, "client"),
        inherent(client, &loose),
        typed(client, &loose),
        named(client, &loose),
    ];
    parts.into_iter().collect()
}

/// `cfg` of the trait stands on every item.
pub(crate) fn everywhere(client: &dyn Surface) -> TokenStream {
    let attributes = &client.passing().everywhere;
    quote!(#(#attributes)*)
}

/// The trait's visibility, as ours: lints that look at spans then know that the item is generated.
pub(crate) fn visibility(client: &dyn Surface) -> TokenStream {
    let vis = &client.original().vis;
    syntax::respan(quote!(#vis), Span::call_site().located_at(syntax::span(vis)))
}

fn declaration(client: &Client<'_>, loose: &Loose) -> TokenStream {
    let (private, everywhere) = (client.private(), everywhere(client));
    let (vis, name, declared) = (visibility(client), &client.name, &loose.declared);
    let doc = format!(
        "The client of `{}`: each declared method is a call over HTTP.\n\nCheap to clone and to share.",
        syntax::plain(&client.original.ident)
    );
    let marker = loose.marker.as_ref().map(|marker| quote!(marker: #marker,));
    quote! {
        #everywhere
        #[doc = #doc]
        #[allow(dead_code)]
        #vis struct #name #declared {
            client: #private::Handle,
            #marker
        }
    }
}

/// Written out, since a derive would ask the parameters for `Clone`.
pub(crate) fn clone(client: &dyn Surface, loose: &Loose, field: &str) -> TokenStream {
    let everywhere = everywhere(client);
    let field = Ident::new(field, Span::call_site());
    let (name, params, arguments) = (client.name(), &loose.params, &loose.arguments);
    let marker = marker_value(loose);
    quote! {
        #everywhere
        #[automatically_derived]
        impl #params ::core::clone::Clone for #name #arguments {
            fn clone(&self) -> Self {
                Self { #field: ::core::clone::Clone::clone(&self.#field), #marker }
            }
        }
    }
}

pub(crate) fn debug(client: &dyn Surface, loose: &Loose, field: &str) -> TokenStream {
    let everywhere = everywhere(client);
    let member = Ident::new(field, Span::call_site());
    let (name, params, arguments) = (client.name(), &loose.params, &loose.arguments);
    let shown = syntax::plain(name);
    quote! {
        #everywhere
        #[automatically_derived]
        impl #params ::core::fmt::Debug for #name #arguments {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct(#shown).field(#field, &self.#member).finish()
            }
        }
    }
}

pub(crate) fn marker_value(loose: &Loose) -> Option<TokenStream> {
    loose.marker.as_ref().map(|_| quote!(marker: ::core::marker::PhantomData,))
}

fn inherent(client: &Client<'_>, loose: &Loose) -> TokenStream {
    let (private, everywhere) = (client.private(), everywhere(client));
    let (vis, name) = (visibility(client), &client.name);
    let (params, arguments) = (&loose.params, &loose.arguments);
    let constants = constant::constants(client);
    quote! {
        #everywhere
        #[allow(dead_code)]
        impl #params #name #arguments {
            #constants

            /// Makes a client of one known address, with a hub of its own.
            ///
            /// # Errors
            ///
            /// When `url` is no absolute `http` or `https` URL, or has a query, a fragment or
            /// credentials.
            #vis fn at(
                url: impl ::core::convert::AsRef<::core::primitive::str>,
            ) -> ::core::result::Result<Self, #private::Error> {
                ::core::result::Result::map(
                    #private::Handle::at(
                        ::core::convert::AsRef::as_ref(&url),
                        <Self as #private::TypedClient>::OPERATIONS,
                    ),
                    <Self as #private::TypedClient>::from_handle,
                )
            }

            /// Makes a view of this client, for which `options` says what its calls do otherwise.
            #[must_use]
            #vis fn with(
                &self,
                options: impl ::core::ops::FnOnce(#private::CallOptions) -> #private::CallOptions,
            ) -> Self {
                <Self as #private::TypedClient>::from_handle(#private::Handle::with(&self.client, options))
            }
        }
    }
}

fn typed(client: &Client<'_>, loose: &Loose) -> TokenStream {
    let (private, everywhere) = (client.private(), everywhere(client));
    let (name, params, arguments) = (&client.name, &loose.params, &loose.arguments);
    let marker = marker_value(loose);
    let operations = client.operations().map(|operation| {
        let (cfg, constant) = (&operation.method.passing.everywhere, &operation.constant);
        quote!(#(#cfg)* Self::#constant)
    });
    let balance = balance(client);
    quote! {
        #everywhere
        #[automatically_derived]
        impl #params #private::TypedClient for #name #arguments {
            const OPERATIONS: &'static [&'static #private::Operation] = &[#(#operations),*];
            #balance

            fn from_handle(client: #private::Handle) -> Self {
                Self { client, #marker }
            }

            fn handle(&self) -> &#private::Handle {
                &self.client
            }
        }
    }
}

/// What makes the policy, where the trait declares one.
fn balance(client: &Client<'_>) -> Option<TokenStream> {
    let private = client.private();
    let (allowed, policy) = match client.args.balance.as_ref()? {
        Balance::Ours(name) => (None, quote!(#private::Policy::new(#private::balance::#name()))),
        // Blamed where it stands, if it is no function or makes no policy.
        Balance::Own(path) => {
            let span = syntax::span(path);
            let private = syntax::respan(private.clone(), span);
            // `self::mine` is longer than it has to be, so that it is known to be a path.
            let allowed = quote!(#[allow(unused_qualifications)]);
            (Some(allowed), quote_spanned!(span=> #private::Policy::new(#path())))
        }
    };
    Some(quote! {
        #allowed
        const BALANCE: ::core::option::Option<fn() -> #private::Policy> =
            ::core::option::Option::Some(|| #policy);
    })
}

/// Only a client whose trait names its service can be looked up by `hub.client()`.
fn named(client: &Client<'_>, loose: &Loose) -> TokenStream {
    let Some(service) = &client.args.service else { return TokenStream::new() };
    let (private, everywhere) = (client.private(), everywhere(client));
    let (name, params, arguments) = (&client.name, &loose.params, &loose.arguments);
    quote! {
        #everywhere
        #[automatically_derived]
        impl #params #private::Named for #name #arguments {
            const SERVICE: &'static ::core::primitive::str = #service;
        }
    }
}
