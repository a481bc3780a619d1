//! `__template!(["/base", ] "{+path:6}/here", path = expr, ..)`: the cutter and the expander as the
//! suite of RFC 6570 sees them.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::parse::{Parse, ParseStream, Parser as _};
use syn::{Expr, LitStr, Token};

use crate::errors::Errors;
use crate::expand::template::{self, Target};
use crate::syntax;
use crate::template::{Sections, Template, Variable, cut};

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
    let target = Target {
        private: &private,
        request: &request,
        name: &str::to_owned,
        push: &|_, variable| push(variable, input, &private, &request),
        fused: None,
    };
    let (strict, pushes) = pushes(base, path, &target);
    let locals = locals(input, base.into_iter().chain([path]));
    quote! {
        {
            #locals
            let mut #request = #private::RequestBuilder::for_template(#strict);
            #pushes
            #private::RequestBuilder::into_text(#request)
        }
    }
}

/// Evaluates each value that a template mentions, once.
fn locals<'a>(input: &Input, templates: impl Iterator<Item = &'a Template>) -> TokenStream {
    let variables: Vec<_> = templates.flat_map(Template::variables).collect();
    let used = input
        .values
        .iter()
        .enumerate()
        .filter(|(_, (name, _))| variables.iter().any(|variable| variable.name == *name));
    used.map(|(index, (_, value))| {
        let local = local(index);
        quote!(let #local = &#value;)
    })
    .collect()
}

fn local(index: usize) -> Ident {
    format_ident!("value_{index}", span = Span::mixed_site())
}

/// A variable without a value is undefined, which RFC 6570 leaves out.
fn push(variable: &Variable, input: &Input, private: &TokenStream, request: &Ident) -> TokenStream {
    let (cut, name) = (template::variable(variable, private), &variable.name);
    let Some(index) = input.values.iter().position(|(known, _)| known == name) else {
        let none = quote!(&::core::option::Option::None::<&::core::primitive::str>);
        return quote!(#private::value(&mut #request, #cut, #name, #none););
    };
    let value = local(index);
    let function = format_ident!("{}", if variable.prefix.is_some() { "scalar" } else { "value" });
    quote!(#private::#function(&mut #request, #cut, #name, #value);)
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
