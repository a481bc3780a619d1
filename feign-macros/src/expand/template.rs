//! Pushes of a template: literals are encoded here, values when the method is called.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::template::{Expression, Operator, Part, Sections, Variable, encode};

/// Where pushes go, and how a variable is pushed.
pub(crate) struct Target<'a> {
    pub(crate) private: &'a TokenStream,
    pub(crate) request: &'a Ident,
    /// The argument's name, for messages about a segment.
    pub(crate) name: &'a dyn Fn(&str) -> String,
    pub(crate) push: &'a dyn Fn(Operator, &Variable) -> TokenStream,
    /// Where arguments are pushed: the shapes that most templates consist of are one push each, since
    /// what is printed for each method costs the user's build.
    pub(crate) fused: Option<Fused<'a>>,
}

#[derive(Clone, Copy)]
pub(crate) struct Fused<'a> {
    /// `/items/` and the whole segment `{sku}`
    pub(crate) segment: &'a dyn Fn(&str, &Variable) -> TokenStream,
    /// `{?q}`, `{&q*}`
    pub(crate) query: &'a dyn Fn(&Variable) -> TokenStream,
}

impl Target<'_> {
    /// Its methods are called by path: a user's blanket trait may have one of the same name.
    fn builder(&self) -> TokenStream {
        let private = self.private;
        quote!(#private::RequestBuilder)
    }

    fn literal(&self, text: &str) -> TokenStream {
        if text.is_empty() {
            return TokenStream::new();
        }
        let (builder, request, text) = (self.builder(), self.request, encode(text));
        quote!(#builder::literal(&mut #request, #text);)
    }

    fn query_literal(&self, text: &str) -> TokenStream {
        let (builder, request, text) = (self.builder(), self.request, encode(text));
        quote!(#builder::query_literal(&mut #request, #text);)
    }

    fn expression(&self, expression: &Expression) -> TokenStream {
        if let Some(fused) = self.fused
            && expression.operator.is_query()
            && expression.variables.iter().all(|variable| variable.prefix.is_none())
        {
            return expression.variables.iter().map(fused.query).collect();
        }
        let (private, request) = (self.private, self.request);
        let operator = Ident::new(expression.operator.runtime_name(), Span::call_site());
        let variables =
            expression.variables.iter().map(|variable| (self.push)(expression.operator, variable));
        let builder = self.builder();
        quote!(#builder::expression(&mut #request, #private::Operator::#operator); #(#variables)*)
    }

    /// Parts as they stand, to the letter.
    pub(crate) fn parts(&self, parts: &[Part]) -> TokenStream {
        let part = |part: &Part| match part {
            Part::Literal(text) => self.literal(text),
            Part::Expression(expression) => self.expression(expression),
        };
        parts.iter().map(part).collect()
    }
}

/// `Variable::new("sku", false, 0)`
pub(crate) fn variable(variable: &Variable, private: &TokenStream) -> TokenStream {
    let (name, explode, prefix) = (&variable.name, variable.explode, variable.prefix.unwrap_or(0));
    quote!(#private::Variable::new(#name, #explode, #prefix))
}

/// The path of a method and its query; segments that hold a value are watched.
pub(crate) fn sections(sections: &Sections, target: &Target<'_>) -> TokenStream {
    let mut path =
        Path { target, out: TokenStream::new(), literal: String::new(), segment: Vec::new() };
    for part in &sections.path {
        match part {
            Part::Literal(text) => path.literal(text),
            Part::Expression(expression) => path.expression(expression),
        }
    }
    path.end_segment();
    let mut out = path.finish();
    out.extend(queries(sections, target));
    out
}

pub(crate) fn queries(sections: &Sections, target: &Target<'_>) -> TokenStream {
    sections.queries.iter().map(|parts| query(parts, target)).collect()
}

/// Writes the path, and puts each segment with a value between `segment` and `segment_end`.
struct Path<'a> {
    target: &'a Target<'a>,
    out: TokenStream,
    /// Text that is not written yet, so that neighbours become one push.
    literal: String,
    segment: Vec<Part>,
}

impl Path<'_> {
    fn literal(&mut self, text: &str) {
        for (at, piece) in text.split('/').enumerate() {
            if at > 0 {
                self.end_segment();
                self.literal.push('/');
            }
            if !piece.is_empty() {
                self.segment.push(Part::Literal(piece.to_owned()));
            }
        }
    }

    fn expression(&mut self, expression: &Expression) {
        // `{/x}` begins segments of its own.
        if expression.operator == Operator::Path {
            self.end_segment();
        }
        self.segment.push(Part::Expression(expression.clone()));
    }

    fn end_segment(&mut self) {
        let segment = std::mem::take(&mut self.segment);
        if let (Some(fused), Some(variable)) = (self.target.fused, whole(&segment)) {
            let literal = encode(&std::mem::take(&mut self.literal));
            return self.out.extend((fused.segment)(&literal, variable));
        }
        let names = self.names(&segment);
        if names.is_empty() {
            for part in segment {
                if let Part::Literal(text) = part {
                    self.literal.push_str(&text);
                }
            }
            return;
        }
        self.flush();
        let (builder, request) = (self.target.builder(), self.target.request);
        let parts = self.target.parts(&segment);
        let names = names.join(" and ");
        self.out.extend(quote! {
            #builder::segment(&mut #request);
            #parts
            #builder::segment_end(&mut #request, #names);
        });
    }

    fn names(&self, segment: &[Part]) -> Vec<String> {
        let mut names = Vec::new();
        for variable in
            crate::template::expressions(segment).flat_map(|expression| &expression.variables)
        {
            let name = (self.target.name)(&variable.name);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    fn flush(&mut self) {
        let literal = std::mem::take(&mut self.literal);
        self.out.extend(self.target.literal(&literal));
    }

    fn finish(mut self) -> TokenStream {
        self.flush();
        self.out
    }
}

/// The variable that a segment consists of, if it is one plain `{x}`.
fn whole(segment: &[Part]) -> Option<&Variable> {
    let [Part::Expression(expression)] = segment else { return None };
    let [variable] = &*expression.variables else { return None };
    let plain =
        expression.operator == Operator::Simple && !variable.explode && variable.prefix.is_none();
    plain.then_some(variable)
}

/// Writes a query whose `?` or `&` is the builder's: an expression before may have been absent.
fn query(parts: &[Part], target: &Target<'_>) -> TokenStream {
    let mut out = TokenStream::new();
    // Whether the next literal begins a parameter, rather than going on behind a value.
    let mut begins = true;
    for (at, part) in parts.iter().enumerate() {
        match part {
            Part::Expression(expression) => {
                out.extend(target.expression(expression));
                begins = expression.operator.is_query();
            }
            Part::Literal(text) => {
                let value_follows = matches!(parts.get(at + 1), Some(Part::Expression(next)) if !next.operator.is_query());
                out.extend(query_text(text, begins, value_follows, target));
            }
        }
    }
    out
}

fn query_text(text: &str, begins: bool, value_follows: bool, target: &Target<'_>) -> TokenStream {
    // `?{name}` and `&{name}`: the value itself begins a parameter.
    let (text, opens) = match text.strip_suffix('&') {
        Some(rest) => (rest, value_follows),
        None => (text, text.is_empty() && value_follows),
    };
    let mut out = TokenStream::new();
    let text = if begins { text.trim_start_matches('&') } else { text };
    if begins && !text.is_empty() {
        out.extend(target.query_literal(text));
    } else {
        out.extend(target.literal(text));
    }
    if opens {
        out.extend(target.query_literal(""));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::cut;

    /// Writes pushes as they are read aloud: `lit(/items/) seg expr(Simple) sku end(sku)`.
    fn pushes(template: &str) -> String {
        let mut mistakes = Vec::new();
        let cut = cut(template, &mut mistakes);
        assert_eq!(mistakes, Vec::<String>::new(), "{template}");
        let private = quote!(p);
        let request = Ident::new("request", Span::call_site());
        let target = Target {
            private: &private,
            request: &request,
            name: &str::to_owned,
            push: &|_, variable| {
                let name = Ident::new(&variable.name, Span::call_site());
                quote!(#name;)
            },
            fused: None,
        };
        let text = sections(&Sections::of(&cut), &target).to_string().replace(' ', "");
        text.replace("p::RequestBuilder::", "")
            .replace("&mutrequest,", "")
            .replace("&mutrequest", "")
            .replace("p::Operator::", "")
            .replace(';', " ")
            .trim()
            .to_owned()
    }

    #[test]
    fn segments_with_a_value_are_watched() {
        let rows = [
            ("/", r#"literal("/")"#),
            ("/a/b/", r#"literal("/a/b/")"#),
            (
                "/items/{sku}/b",
                r#"literal("/items/") segment() expression(Simple) sku segment_end("sku") literal("/b")"#,
            ),
            (
                "/{w}x{h}",
                r#"literal("/") segment() expression(Simple) w literal("x") expression(Simple) h segment_end("wandh")"#,
            ),
            ("/b{/id}", r#"literal("/b") segment() expression(Path) id segment_end("id")"#),
            (
                "/a/{x}{/y}/é",
                r#"literal("/a/") segment() expression(Simple) x segment_end("x") segment() expression(Path) y segment_end("y") literal("/%C3%A9")"#,
            ),
        ];
        for (template, expected) in rows {
            assert_eq!(pushes(template), expected, "{template}");
        }
    }

    #[test]
    fn the_builder_writes_what_parts_parameters() {
        let rows = [
            ("/?flag", r#"literal("/") query_literal("flag")"#),
            ("/{?q,r}", r#"literal("/") expression(Query) q r"#),
            ("/?a=1{&b}", r#"literal("/") query_literal("a=1") expression(QueryNext) b"#),
            ("/?a=1&{?b}", r#"literal("/") query_literal("a=1") expression(Query) b"#),
            ("/{?a}&b=1", r#"literal("/") expression(Query) a query_literal("b=1")"#),
            (
                "/?a={x}&b=1",
                r#"literal("/") query_literal("a=") expression(Simple) x literal("&b=1")"#,
            ),
            (
                "/?q=\"{x}\"",
                r#"literal("/") query_literal("q=%22") expression(Simple) x literal("%22")"#,
            ),
            ("/?{x}", r#"literal("/") query_literal("") expression(Simple) x"#),
            (
                "/?a&{x}",
                r#"literal("/") query_literal("a") query_literal("") expression(Simple) x"#,
            ),
        ];
        for (template, expected) in rows {
            assert_eq!(pushes(template), expected, "{template}");
        }
    }
}
