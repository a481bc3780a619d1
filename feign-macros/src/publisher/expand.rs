//! From the model to tokens: what a publisher has and a client has not.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::ItemTrait;

use super::argument::{Argument, Role};
use super::asyncapi;
use super::body::body;
use super::method::Event;
use super::model::{Member, Publisher};
use crate::attrs::Passing;
use crate::expand::client::{clone, debug, everywhere, marker_value, visibility};
use crate::expand::generics::Loose;
use crate::expand::{Part, Surface, declaration, forward, implementation, twin};
use crate::{model, syntax};

pub(super) fn publisher(publisher: &Publisher<'_>) -> TokenStream {
    let loose = Loose::of(&publisher.original.generics);
    let parts = [
        declaration::declaration(publisher),
        declared_type(publisher, &loose),
        clone(publisher, &loose, "publisher"),
        debug(publisher, &loose, "publisher"),
        inherent(publisher, &loose),
        typed(publisher, &loose),
        implementation::implementation(publisher),
        forward::forwards(publisher),
    ];
    let twin = publisher.args.dynamic.map(|_| twin::twin(publisher));
    parts.into_iter().chain(twin).chain(asyncapi::asyncapi(publisher, &loose)).collect()
}

impl Surface for Publisher<'_> {
    fn original(&self) -> &ItemTrait {
        self.original
    }

    fn passing(&self) -> &Passing<'_> {
        &self.passing
    }

    fn name(&self) -> &Ident {
        &self.name
    }

    fn private(&self) -> TokenStream {
        model::private(self.args.krate.as_ref())
    }

    fn parts(&self) -> Vec<Part<'_>> {
        self.members.iter().enumerate().map(part).collect()
    }

    fn body(&self, index: usize) -> TokenStream {
        match self.members.get(index) {
            Some(Member::Event(event)) => body(event, self),
            _ => unreachable!("only events are declared"),
        }
    }

    fn unexpected(&self, _: usize) -> Option<TokenStream> {
        None
    }

    fn checks(&self) -> Option<TokenStream> {
        None
    }
}

fn part<'a>((index, member): (usize, &'a Member<'_>)) -> Part<'a> {
    match member {
        Member::Event(event) => Part::Declared(&event.method, index),
        Member::Default(method) => Part::Default(method),
        Member::Const(constant) => Part::Const(constant),
    }
}

fn declared_type(publisher: &Publisher<'_>, loose: &Loose) -> TokenStream {
    let (private, everywhere) = (publisher.private(), everywhere(publisher));
    let (vis, name, declared) = (visibility(publisher), &publisher.name, &loose.declared);
    let doc = format!(
        "The publisher of `{}`: each declared method is an event.\n\nCheap to clone and to share.",
        syntax::plain(&publisher.original.ident)
    );
    let marker = loose.marker.as_ref().map(|marker| quote!(marker: #marker,));
    quote! {
        #everywhere
        #[doc = #doc]
        #[allow(dead_code)]
        #vis struct #name #declared {
            publisher: #private::publish::Handle,
            #marker
        }
    }
}

fn inherent(publisher: &Publisher<'_>, loose: &Loose) -> TokenStream {
    let everywhere = everywhere(publisher);
    let (name, params, arguments) = (&publisher.name, &loose.params, &loose.arguments);
    let mut seen = Vec::new();
    let constants = publisher
        .events()
        // After the mistake of two constants of one name only the first is kept.
        .filter(|event| {
            let first =
                !event.method.passing.everywhere.is_empty() || !seen.contains(&&event.constant);
            seen.push(&event.constant);
            first && event.constant != "DESCRIPTION"
        })
        .map(|event| constant(event, publisher));
    let constants: TokenStream = constants.collect();
    let description = description(publisher);
    let constructor = constructor(publisher);
    quote! {
        #everywhere
        #[allow(dead_code)]
        impl #params #name #arguments {
            #constants
            #description
            #constructor
        }
    }
}

fn description(publisher: &Publisher<'_>) -> TokenStream {
    let (private, vis) = (publisher.private(), visibility(publisher));
    let name = syntax::plain(&publisher.original.ident);
    let events = publisher.events().filter(|event| event.constant != "DESCRIPTION").map(|event| {
        let (cfg, constant) = (&event.method.passing.everywhere, &event.constant);
        quote!(#(#cfg)* Self::#constant)
    });
    let settings = publisher.args.settings.iter().map(syntax::plain);
    quote! {
        /// What the trait declares.
        #vis const DESCRIPTION: &'static #private::publish::Description =
            &#private::publish::Description::of(#name, &[#(#events),*], &[#(#settings),*]);
    }
}

/// With settings it is made of them, and a mistake in them is told.
fn constructor(publisher: &Publisher<'_>) -> TokenStream {
    let (private, vis) = (publisher.private(), visibility(publisher));
    if publisher.args.settings.is_empty() {
        return quote! {
            /// Makes a publisher over a backend; one backend is shared by all of a process.
            #[must_use]
            #vis fn new(
                backend: &(impl #private::publish::Backend + ::core::clone::Clone + 'static),
            ) -> Self {
                <Self as #private::publish::TypedPublisher>::from_handle(
                    #private::publish::Handle::new(::core::clone::Clone::clone(backend)),
                )
            }
        };
    }
    quote! {
        /// Makes a publisher over a backend, with what its topics leave open.
        ///
        /// # Errors
        ///
        /// When a setting is missing, is not known, or can be no piece of a topic.
        #vis fn with_settings<__K, __V>(
            backend: &(impl #private::publish::Backend + ::core::clone::Clone + 'static),
            settings: impl ::core::iter::IntoIterator<Item = (__K, __V)>,
        ) -> ::core::result::Result<Self, #private::publish::Error>
        where
            __K: ::core::convert::AsRef<::core::primitive::str>,
            __V: ::core::convert::AsRef<::core::primitive::str>,
        {
            ::core::result::Result::map(
                #private::publish::Handle::with_settings(
                    ::core::clone::Clone::clone(backend),
                    Self::DESCRIPTION,
                    settings,
                ),
                <Self as #private::publish::TypedPublisher>::from_handle,
            )
        }
    }
}

fn typed(publisher: &Publisher<'_>, loose: &Loose) -> TokenStream {
    let (private, everywhere) = (publisher.private(), everywhere(publisher));
    let (name, params, arguments) = (&publisher.name, &loose.params, &loose.arguments);
    let marker = marker_value(loose);
    let complete = publisher.args.settings.is_empty().then(|| {
        quote! {
            #everywhere
            #[automatically_derived]
            impl #params #private::publish::Complete for #name #arguments {}
        }
    });
    quote! {
        #everywhere
        #[automatically_derived]
        impl #params #private::publish::TypedPublisher for #name #arguments {
            const DESCRIPTION: &'static #private::publish::Description = Self::DESCRIPTION;

            fn from_handle(publisher: #private::publish::Handle) -> Self {
                Self { publisher, #marker }
            }

            fn handle(&self) -> &#private::publish::Handle {
                &self.publisher
            }
        }
        #complete
    }
}

fn constant(event: &Event<'_>, publisher: &Publisher<'_>) -> TokenStream {
    let private = publisher.private();
    let (vis, constant) = (visibility(publisher), &event.constant);
    let cfg = &event.method.passing.everywhere;
    let (topic, fixed) = (&event.topic, event.is_fixed());
    let name = format!("{}.{}", syntax::plain(&publisher.original.ident), event.name);
    let doc = format!("The event `{}`: `{topic}`.", event.name);
    let reach = Ident::new(if event.each().is_some() { "Each" } else { "One" }, Span::call_site());
    let said = said(event, publisher);
    quote! {
        #(#cfg)*
        #[doc = #doc]
        #vis const #constant: &'static #private::publish::Event = {
            static EVENT: #private::publish::Event = #private::publish::Event::of(
                #name,
                #topic,
                #fixed,
                #private::publish::Reach::#reach,
            ) #said;
            &EVENT
        };
    }
}

fn said(event: &Event<'_>, publisher: &Publisher<'_>) -> TokenStream {
    let ty = |role| event.argument(role).map(|argument| syntax::show(argument.value_type()));
    let key = ty(Role::Key).or_else(|| {
        let path = event.each().and_then(|each| each.key.as_ref());
        path.map(syntax::show)
    });
    let key = key.map(|ty| quote!(.with_key(#ty)));
    let body = ty(Role::Body).map(|ty| quote!(.with_body(#ty)));
    let inherited = publisher
        .headers
        .iter()
        .filter(|header| event.headers.iter().all(|own| own.name != header.name));
    let headers = inherited.chain(&event.headers).map(|header| {
        let (name, value) = (&header.name, &header.value);
        quote!((#name, #value))
    });
    let headers: Vec<_> = headers.collect();
    let arguments = event.arguments.iter().filter(|argument| argument.role == Some(Role::Header));
    let arguments: Vec<_> = arguments.map(Argument::header).collect();
    let headers = (!headers.is_empty() || !arguments.is_empty())
        .then(|| quote!(.with_headers(&[#(#headers),*], &[#(#arguments),*])));
    let cloud = event.cloud_events.as_ref().map(|cloud| {
        let (ty, source) =
            (cloud.ty.clone().unwrap_or_default(), cloud.source.clone().unwrap_or_default());
        quote!(.with_cloud_events(#ty, #source))
    });
    quote!(#key #body #headers #cloud)
}
