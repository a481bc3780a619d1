//! `&T`, `Box<T>` and `Arc<T>` are what `T` is.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Ident, Signature};

use super::client::everywhere;
use super::{Part, Surface, generics, implementation, signature};
use crate::model::Method;
use crate::syntax;
use crate::validate::{is_shared, is_sized_only};

/// One impl for all three: each method that is printed costs the user's build more than the method
/// itself.
pub(crate) fn forwards(client: &dyn Surface) -> TokenStream {
    let (original, private) = (client.original(), client.private());
    let everywhere = everywhere(client);
    let ident = &original.ident;
    let params = generics::bounded(&original.generics);
    let arguments = generics::arguments(&original.generics);
    let predicates = generics::predicates(&original.generics);
    let target = target();
    // A method that wants a sized `Self` is not there for others.
    let sized = any_sized_only(client).then(|| quote!(+ ::core::marker::Sized));
    let supertraits = generics::supertraits(original).map(|supertraits| quote!(__P: #supertraits,));
    let members = client.parts().into_iter().filter_map(|part| member(part, client));
    quote! {
        #everywhere
        #[automatically_derived]
        #[allow(deprecated, clippy::all, clippy::pedantic, clippy::nursery)]
        impl <#params __P: #private::Pointer> #ident #arguments for __P
        where
            #target: #ident #arguments #sized,
            #predicates
            #supertraits
        {
            #(#members)*
        }
    }
}

/// What the pointer points to.
fn target() -> TokenStream {
    quote!(<__P as ::core::ops::Deref>::Target)
}

fn any_sized_only(client: &dyn Surface) -> bool {
    client.parts().iter().any(|part| matches!(part, Part::Declared(method, _) if is_sized_only(&method.original.sig.generics)))
}

fn member(part: Part<'_>, client: &dyn Surface) -> Option<TokenStream> {
    let (ident, arguments) =
        (&client.original().ident, generics::arguments(&client.original().generics));
    let target = target();
    match part {
        Part::Const(constant) => {
            let (attributes, name, ty) =
                (super::cfg(&constant.attrs), &constant.ident, &constant.ty);
            Some(quote!(#attributes const #name: #ty = <#target as #ident #arguments>::#name;))
        }
        Part::Declared(broken, _) if broken.broken => implementation::stubbed(broken, None),
        Part::Declared(declared, _) => {
            Some(method(declared, &quote!(<#target as #ident #arguments>)))
        }
        Part::Default(default) if default.broken => implementation::stubbed(default, None),
        Part::Default(default) if !can_forward(&default.original.sig, any_sized_only(client)) => {
            None
        }
        Part::Default(default) => Some(method(default, &quote!(<#target as #ident #arguments>))),
    }
}

/// Whether a default method means the same behind a pointer.
fn can_forward(signature: &Signature, sized: bool) -> bool {
    let receiver = signature.receiver();
    let fits = receiver.is_none_or(is_shared) && (sized || !is_sized_only(&signature.generics));
    fits && !mentions_self(signature)
}

fn mentions_self(signature: &Signature) -> bool {
    let output = signature::output(signature);
    let inputs = signature.inputs.iter().filter(|input| matches!(input, syn::FnArg::Typed(_)));
    let clause =
        signature.generics.where_clause.as_ref().filter(|_| !is_sized_only(&signature.generics));
    syntax::mentions(output, "Self") || syntax::mentions(quote!(#(#inputs),* #clause), "Self")
}

/// `fn order(&self, id: u64) -> .. { <<__P as Deref>::Target as Orders>::order(&**self, id) }`
fn method(method: &Method<'_>, target: &TokenStream) -> TokenStream {
    let cfg = &method.passing.everywhere;
    let original = &method.original.sig;
    let mut declared = signature::declared(original);
    let names = signature::named(&mut declared);
    let call = call(original, &names, target);
    quote!(#(#cfg)* #declared { #call })
}

fn call(original: &Signature, names: &[Ident], target: &TokenStream) -> TokenStream {
    let (name, turbofish) = (&original.ident, signature::turbofish(&original.generics));
    let receiver = original.receiver().map(|receiver| {
        let token = &receiver.self_token;
        quote!(&**#token,)
    });
    let unsafety = matches!(original.safety, syn::Safety::Unsafe(_));
    let call = quote!(#target::#name #turbofish(#receiver #(#names),*));
    if unsafety { quote!(unsafe { #call }) } else { call }
}
