//! `DynInventory`: the same trait, as one that can be an object.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::{Generics, Ident, Lifetime, Signature};

use super::client::everywhere;
use super::{Part, Surface, generics, implementation, signature};
use crate::lifetimes;
use crate::model::Method;
use crate::syntax;
use crate::validate::{is_shared, is_sized_only};

pub(crate) fn twin(client: &dyn Surface) -> TokenStream {
    let name = format_ident!(
        "Dyn{}",
        syntax::plain(&client.original().ident),
        span = client.name().span()
    );
    let parts = [declaration(client, &name), blanket(client, &name), object(client, &name)];
    parts.into_iter().collect()
}

/// The methods that an object can have.
fn methods(client: &dyn Surface) -> impl Iterator<Item = &Method<'_>> {
    client.parts().into_iter().filter_map(Part::method).filter(|method| in_object(method))
}

fn in_object(method: &Method<'_>) -> bool {
    let signature = &method.original.sig;
    let shared = signature.receiver().is_some_and(is_shared);
    let generic = signature::turbofish(&signature.generics).is_some();
    let typed = quote!(#signature);
    let plain = !generic && !is_sized_only(&signature.generics) && !method.broken;
    shared && plain && syntax::find_impl(&typed).is_none() && !syntax::mentions(&typed, "Self")
}

/// Methods have names of their own: one name in both traits would make every call ambiguous.
fn declaration(client: &dyn Surface, name: &Ident) -> TokenStream {
    let everywhere = everywhere(client);
    let supers = generics::all_supertraits(client.original());
    let original = client.original();
    let vis = super::client::visibility(client);
    let params = generics::bounded(&original.generics);
    let predicates = generics::predicates(&original.generics);
    let doc = format!(
        "`{}` as a trait that can be an object: `Arc<dyn {name}>` implements `{0}`.\n\nImplemented for everything that implements `{0}`.",
        syntax::plain(&original.ident)
    );
    let generics = &original.generics;
    let methods = methods(client).map(|method| {
        let (cfg, signature) =
            (&method.passing.everywhere, boxed(&method.original.sig, generics).0);
        quote!(#(#cfg)* #[doc(hidden)] #signature;)
    });
    quote! {
        #everywhere
        #[doc = #doc]
        #[allow(clippy::all, clippy::pedantic, clippy::nursery)]
        #vis trait #name <#params>: #supers where #predicates {
            #(#methods)*
        }
    }
}

/// Input: `async fn item(&self, sku: &str) -> R`
/// Output: `fn boxed_item<'__fut, '__me, 'life0>(&'__me self, sku: &'life0 str)
///     -> Pin<Box<dyn Future<Output = R> + Send + '__fut>> where '__me: '__fut, 'life0: '__fut`
fn boxed(original: &Signature, of_trait: &Generics) -> (Signature, Vec<Ident>) {
    let mut boxed = signature::stripped(original);
    let names = signature::named(&mut boxed);
    boxed.ident = boxed_name(original);
    if boxed.asyncness.take().is_some() {
        let output = signature::output(original);
        let future = Lifetime::new("'__fut", Span::mixed_site());
        let receiver = Lifetime::new("'__me", Span::mixed_site());
        lifetimes::name_all(&mut boxed, &future, &receiver);
        lifetimes::bound_all(&mut boxed, of_trait, &future);
        let output = lifetimes::in_output(output, &receiver);
        signature::set_output(
            &mut boxed,
            quote!(::core::pin::Pin<::std::boxed::Box<dyn ::core::future::Future<Output = #output> + ::core::marker::Send + #future>>),
        );
    }
    (boxed, names)
}

fn boxed_name(original: &Signature) -> Ident {
    format_ident!("boxed_{}", syntax::plain(&original.ident), span = original.ident.span())
}

/// Everything that implements the trait is its twin too.
fn blanket(client: &dyn Surface, name: &Ident) -> TokenStream {
    let everywhere = everywhere(client);
    let supers = generics::all_supertraits(client.original());
    let original = client.original();
    let ident = &original.ident;
    let params = generics::bounded(&original.generics);
    let arguments = generics::arguments(&original.generics);
    let predicates = generics::predicates(&original.generics);
    let generics = &original.generics;
    let methods = methods(client).map(|method| {
        let cfg = &method.passing.everywhere;
        let (signature, names) = boxed(&method.original.sig, generics);
        let (function, receiver) = (&method.original.sig.ident, self_token(&method.original.sig));
        let call = quote!(<__T as #ident #arguments>::#function(#receiver, #(#names),*));
        let is_async = method.original.sig.asyncness.is_some();
        let body = if is_async { quote!(::std::boxed::Box::pin(#call)) } else { call };
        quote!(#(#cfg)* #signature { #body })
    });
    quote! {
        #everywhere
        #[automatically_derived]
        #[allow(deprecated, clippy::all, clippy::pedantic, clippy::nursery)]
        impl <#params __T: #ident #arguments + #supers> #name #arguments for __T where #predicates {
            #(#methods)*
        }
    }
}

/// The object is a client again.
fn object(client: &dyn Surface, name: &Ident) -> TokenStream {
    let everywhere = everywhere(client);
    let original = client.original();
    let ident = &original.ident;
    let params = generics::bounded(&original.generics);
    let arguments = generics::arguments(&original.generics);
    let predicates = generics::predicates(&original.generics);
    let object = quote!(dyn #name #arguments + '__dyn);
    let supertraits =
        generics::supertraits(original).map(|supertraits| quote!(#object: #supertraits,));
    let members =
        client.parts().into_iter().filter_map(|part| object_member(part, name, &arguments));
    quote! {
        #everywhere
        #[automatically_derived]
        #[allow(deprecated, clippy::all, clippy::pedantic, clippy::nursery)]
        impl <'__dyn, #params> #ident #arguments for #object where #predicates #supertraits {
            #(#members)*
        }
    }
}

fn object_member(part: Part<'_>, name: &Ident, arguments: &TokenStream) -> Option<TokenStream> {
    let method = part.method()?;
    if method.broken {
        let sized = signature::broken(method).is_none_or(|broken| is_sized_only(&broken.generics));
        return if sized { None } else { implementation::stubbed(method, None) };
    }
    if !in_object(method) {
        return None;
    }
    let cfg = &method.passing.everywhere;
    let original = &method.original.sig;
    let mut declared = signature::declared(original);
    let names = signature::named(&mut declared);
    let function = boxed_name(original);
    let receiver = self_token(original);
    let call = quote!(<Self as #name #arguments>::#function(#receiver, #(#names),*));
    // The box itself would name two lifetimes (E0700).
    let body = if original.asyncness.is_some() { quote!(async move { #call.await }) } else { call };
    Some(quote!(#(#cfg)* #declared { #body }))
}

fn self_token(signature: &Signature) -> TokenStream {
    signature.receiver().map_or_else(TokenStream::new, |receiver| {
        let token = &receiver.self_token;
        quote!(#token)
    })
}
