//! `#[derive(Param)]`: the text of a newtype, and the names of an enum.

mod attributes;
mod names;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DataEnum, DataStruct, DeriveInput, Field, Fields};

use crate::errors::Errors;
use crate::model::private;
use crate::publisher::asyncapi;
use crate::syntax;
use attributes::Container;

/// Writes `impl Param`, or what is wrong with the type and an `impl` that type-checks.
pub(crate) fn derive(input: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::default();
    let container = Container::read(&input.attrs, &mut errors);
    let private = private(container.krate.as_ref());
    let text = match &input.data {
        Data::Struct(data) => newtype(&input, data, &private, &mut errors),
        Data::Enum(data) => {
            Some(Text::of_names(&names(&input, data, &container, &mut errors), &private))
        }
        Data::Union(data) => {
            errors.add(
                data.union_token,
                "a union has no one text; write `impl feign::param::Param` for it",
            );
            None
        }
    };
    let text = text.filter(|_| errors.len() == 0).unwrap_or_else(Text::none);
    let implementation = implementation(&input, &text, &private);
    let errors = errors.finish();
    quote!(#errors #implementation)
}

/// The body of the `impl`, and what it asks of the parameters.
struct Text {
    body: TokenStream,
    /// What an AsyncAPI document says of it; nothing after a mistake.
    described: Option<TokenStream>,
    predicate: Option<TokenStream>,
}

impl Text {
    fn none() -> Self {
        Self { body: quote!(let _ = out;), described: None, predicate: None }
    }

    fn of_names(names: &[(&syn::Ident, String)], private: &TokenStream) -> Self {
        let arms = names.iter().map(|(variant, name)| quote!(Self::#variant => #name));
        let body = quote!(out.push_str(match self { #(#arms,)* }););
        let names = names.iter().map(|(_, name)| name);
        let described = quote!(#private::publish::asyncapi::Text::of_names(&[#(#names),*]));
        Self { body, described: Some(described), predicate: None }
    }
}

fn newtype(
    input: &DeriveInput,
    data: &DataStruct,
    private: &TokenStream,
    errors: &mut Errors,
) -> Option<Text> {
    let Some(field) = only(&data.fields) else {
        let message = match &data.fields {
            Fields::Unit => {
                "a unit struct has no text; write the text into a newtype, or `impl feign::param::Param` for it"
            }
            _ => {
                "a struct of several fields has no one text; write a newtype, mark the argument `#[query(flatten)]`, or write `impl feign::param::Param` for it"
            }
        };
        errors.add(&input.ident, message);
        return None;
    };
    let ty = &field.ty;
    let member = field.ident.as_ref().map_or_else(|| quote!(0), |ident| quote!(#ident));
    let private_there = syntax::respan(private.clone(), syntax::span(ty));
    let body = quote::quote_spanned!(syntax::span(ty)=> <#ty as #private_there::Param>::text(&self.#member, out));
    let generic = !input.generics.params.is_empty();
    let described = asyncapi::text_of_param(&quote!(#private::probe::<#ty>()), private);
    let described = Some(described);
    Some(Text { body, described, predicate: generic.then(|| quote!(#ty: #private::Param,)) })
}

fn only(fields: &Fields) -> Option<&Field> {
    let mut fields = fields.iter();
    fields.next().filter(|_| fields.next().is_none())
}

fn names<'a>(
    input: &DeriveInput,
    data: &'a DataEnum,
    container: &Container,
    errors: &mut Errors,
) -> Vec<(&'a syn::Ident, String)> {
    if data.variants.is_empty() {
        errors.add(&input.ident, "an enum without variants has no text; write its variants");
    }
    names::names(data, container, errors)
}

fn implementation(input: &DeriveInput, text: &Text, private: &TokenStream) -> TokenStream {
    let ident = &input.ident;
    let (params, arguments, clause) = input.generics.split_for_impl();
    let predicates = clause.map(|clause| {
        let predicates = clause.predicates.iter();
        quote!(#(#predicates,)*)
    });
    let Text { body, described, predicate } = text;
    let described = described.as_ref().map(|described| {
        quote! {
            #private::asyncapi! {
                #[automatically_derived]
                impl #params #private::publish::asyncapi::DerivedText for #ident #arguments
                where #predicates #predicate
                {
                    fn text() -> #private::publish::asyncapi::Text {
                        #[allow(unused_imports)]
                        use #private::publish::asyncapi::TextFallback as _;
                        #described
                    }
                }
            }
        }
    });
    quote! {
        #[automatically_derived]
        #[allow(unused_qualifications)]
        impl #params #private::Param for #ident #arguments where #predicates #predicate {
            fn text(&self, out: &mut #private::Text<'_>) {
                #body
            }
        }
        #described
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn derived(input: &str) -> String {
        let tokens = input.parse().unwrap_or_else(|error| panic!("{input}: {error}"));
        derive(tokens).to_string()
    }

    #[test]
    fn names_follow_serde() {
        let text = derived(
            "#[serde(rename_all = \"kebab-case\")] enum Kind { OutOfStock, #[serde(rename = \"x\")] Y }",
        );
        assert!(text.contains("\"out-of-stock\""), "{text}");
        assert!(text.contains("Self :: Y => \"x\""), "{text}");
        let text = derived(
            "#[serde(rename_all(serialize = \"UPPERCASE\"))] #[param(rename_all = \"lowercase\")] enum Kind { Ab }",
        );
        assert!(text.contains("\"ab\""), "{text}");
    }

    #[test]
    fn mistakes() {
        for input in [
            "struct A;",
            "struct A {}",
            "struct A(u8, u8);",
            "enum A {}",
            "enum A { B(u8) }",
            "enum A { B, #[serde(rename = \"B\")] C }",
            "union A { a: u8 }",
            "#[param(rename_all = \"camel\")] enum A { B }",
            "#[param(rename = \"b\")] struct A(u8);",
            "#[param(foo)] struct A(u8);",
        ] {
            let text = derived(input);
            assert_eq!(text.matches("compile_error").count(), 1, "{input}: {text}");
        }
    }
}
