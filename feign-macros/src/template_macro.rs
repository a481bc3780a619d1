//! `__template!(["/base", ] "{+path:6}/here", path = expr, ..)`: the cutter and the expander as the
//! suite of RFC 6570 sees them.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::parse::{Parse, ParseStream, Parser as _};
use syn::{Expr, LitStr, Token};

use crate::errors::Errors;
use crate::expand::template::{self, Target};
use crate::syntax;
use crate::template::{Sections, Template, cut};

struct Input {
    templates: Vec<LitStr>,
    values: Vec<(String, Expr)>,
}

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut templates = vec![input.parse()?];
        let mut values = Vec::new();
        while input.parse::<Option<Token![,]>>()?.is_some() && !input.is_empty() {
            if templates.len() < 2 && values.is_empty() && input.peek(LitStr) {
                templates.push(input.parse()?);
            } else {
                values.push(value(input)?);
            }
        }
        Ok(Self { templates, values })
    }
}

/// `path = expr`; a name that is no identifier stands in quotes.
fn value(input: ParseStream<'_>) -> syn::Result<(String, Expr)> {
    let name = if input.peek(LitStr) {
        input.parse::<LitStr>()?.value()
    } else {
        syntax::plain(&input.call(<Ident as syn::ext::IdentExt>::parse_any)?)
    };
    input.parse::<Token![=]>()?;
    Ok((name, input.parse()?))
}

pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let input = match Input::parse.parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::default();
    let templates: Vec<_> =
        input.templates.iter().map(|text| cut_literal(text, &mut errors)).collect();
    if errors.len() > 0 {
        return errors.finish();
    }
    match templates.as_slice() {
        [base, path] => output(&input, Some(base), path),
        [path] => output(&input, None, path),
        _ => unreachable!("validated: one template or two"),
    }
}

fn cut_literal(text: &LitStr, errors: &mut Errors) -> Template {
    let mut mistakes = Vec::new();
    let template = cut(&text.value(), &mut mistakes);
    for mistake in mistakes {
        errors.add(text, mistake);
    }
    template
}

fn output(input: &Input, base: Option<&Template>, path: &Template) -> TokenStream {
    let private = quote!(::feign::__private);
    let request = Ident::new("request", Span::mixed_site());
    let known = |name: &str| input.values.iter().position(|(known, _)| known == name);
    let local = |index: usize| format_ident!("value_{index}", span = Span::mixed_site());
    let target = Target {
        private: &private,
        request: &request,
        name: &str::to_owned,
        push: &|_, part| {
            let variable = template::variable(part, &private);
            let name = &part.name;
            let prefixed = part.prefix.is_some();
            match known(name) {
                Some(index) if prefixed => {
                    let value = local(index);
                    quote!(#private::scalar(&mut #request, #variable, #name, #value);)
                }
                Some(index) => {
                    let value = local(index);
                    quote!(#private::value(&mut #request, #variable, #name, #value);)
                }
                None => {
                    quote!(#private::value(&mut #request, #variable, #name, &::core::option::Option::None::<&::core::primitive::str>);)
                }
            }
        },
    };
    let used = base
        .into_iter()
        .chain([path])
        .flat_map(Template::variables)
        .filter_map(|variable| known(&variable.name));
    let mut used: Vec<_> = used.collect();
    used.sort_unstable();
    used.dedup();
    let locals = used.iter().map(|&index| {
        let (local, value) = (local(index), &input.values[index].1);
        quote!(let #local = &#value;)
    });
    let (strict, pushes) = pushes(base, path, &target);
    quote! {
        {
            #(#locals)*
            let mut #request = #private::RequestBuilder::for_template(#strict);
            #pushes
            #request.into_text()
        }
    }
}

/// A template alone is expanded to the letter; two are joined as a trait's and a method's are.
fn pushes(base: Option<&Template>, path: &Template, target: &Target<'_>) -> (bool, TokenStream) {
    let Some(base) = base else { return (true, target.parts(&path.parts)) };
    let joined = Sections::of(path).below(base);
    let mut pushes = target.parts(&joined.path);
    pushes.extend(template::queries(&joined, target));
    pushes.extend(target.parts(&joined.fragment));
    (false, pushes)
}
