//! The inside of `#[status(..)]`: `409`, `4xx`, `code = ".."`, separated by commas.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::parse::ParseStream;
use syn::spanned::Spanned as _;
use syn::{Attribute, Ident, Lit, LitInt, Token};

use crate::errors::Errors;

/// What one `#[status(..)]` says.
#[derive(Default)]
pub(super) struct Written {
    pub(super) statuses: Vec<Status>,
    pub(super) code: Option<Code>,
    /// Whether it was about a code, also when that went wrong.
    pub(super) asks_code: bool,
}

/// One status or one class of them.
#[derive(Clone)]
pub(super) struct Status {
    pub(super) range: Range,
    pub(super) literal: LitInt,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Range {
    Exact(u16),
    /// By its first digit: `4xx`.
    Class(u16),
}

/// The value of `code = ..`; a number is compared by its text.
#[derive(Clone)]
pub(super) struct Code {
    pub(super) text: String,
    pub(super) key: Ident,
}

impl Range {
    /// The first and the last status.
    pub(super) fn bounds(self) -> (u16, u16) {
        match self {
            Self::Exact(status) => (status, status),
            Self::Class(class) => (class * 100, class * 100 + 99),
        }
    }
}

impl Written {
    /// Reads the attribute; what is wrong in it is left out.
    pub(super) fn read(attribute: &Attribute, errors: &mut Errors) -> Self {
        let mut written = Self::default();
        let items = attribute.parse_args_with(split).unwrap_or_default();
        if items.is_empty() {
            errors.add(
                &attribute.meta,
                "`#[status]` names no status; write a status or a class, as in `#[status(409)]` or `#[status(4xx)]`",
            );
        }
        let mut failed = false;
        for item in &items {
            failed |= written.read_item(item, errors).is_none();
        }
        if let (Some(code), true) = (&written.code, written.statuses.is_empty() && !failed) {
            let message = format!(
                "a code stands beside the status it comes with; write `#[status(409, code = {:?})]`, or `4xx` for any \
                 status of a class",
                code.text
            );
            errors.add(&code.key, message);
        }
        written
    }

    fn read_item(&mut self, item: &TokenStream, errors: &mut Errors) -> Option<()> {
        if let Ok((key, value)) = syn::parse::Parser::parse2(key_value, item.clone()) {
            return self.read_key(key, &value, errors);
        }
        match read_status(item) {
            Ok(status) => self.statuses.push(status),
            Err(message) => {
                errors.add(item, message);
                return None;
            }
        }
        Some(())
    }

    fn read_key(&mut self, key: Ident, value: &TokenStream, errors: &mut Errors) -> Option<()> {
        self.asks_code = true;
        if key != "code" {
            let message = format!("`#[status]` has no key `{key}`; did you mean `code`?");
            errors.add(&key, message);
            return None;
        }
        if self.code.is_some() {
            errors
                .add(&key, "`code` stands twice; write another `#[status(..)]` for the second one");
            return None;
        }
        let Some(text) = code_text(value) else {
            let at = if value.is_empty() { key.to_token_stream() } else { value.clone() };
            errors.add(at, "a code is a string or an integer; write `code = \"OUT_OF_STOCK\"` or `code = 1042`");
            return None;
        };
        self.code = Some(Code { text, key });
        Some(())
    }
}

/// Cuts at the commas.
fn split(input: ParseStream<'_>) -> syn::Result<Vec<TokenStream>> {
    let mut items = Vec::new();
    while !input.is_empty() {
        let mut item = TokenStream::new();
        while !input.is_empty() && !input.peek(Token![,]) {
            item.extend([input.parse::<TokenTree>()?]);
        }
        if let Some(comma) = input.parse::<Option<Token![,]>>()? {
            // An empty item is reported at its comma.
            items.push(if item.is_empty() { comma.into_token_stream() } else { item });
        } else {
            items.push(item);
        }
    }
    Ok(items)
}

fn key_value(input: ParseStream<'_>) -> syn::Result<(Ident, TokenStream)> {
    let key = input.parse()?;
    input.parse::<Token![=]>()?;
    Ok((key, input.parse()?))
}

fn code_text(value: &TokenStream) -> Option<String> {
    match syn::parse2(value.clone()).ok()? {
        Lit::Str(text) => Some(text.value()),
        Lit::Int(number) if number.suffix().is_empty() => Some(number.base10_digits().to_owned()),
        _ => None,
    }
}

fn read_status(item: &TokenStream) -> Result<Status, String> {
    let literal = match syn::parse2::<Lit>(item.clone()) {
        Ok(Lit::Int(literal)) => literal,
        Ok(Lit::Str(text)) => return read_quoted(&text.value(), item.span()),
        _ => return Err(no_status(item)),
    };
    let digits = literal.base10_digits();
    let range = match literal.suffix() {
        "" => Range::Exact(exact(digits)?),
        suffix => Range::Class(class(digits, suffix, item)?),
    };
    let (first, _) = range.bounds();
    if (200..300).contains(&first) {
        return Err(format!(
            "`{literal}` is a success and never an error; write it into the result of the operation, such as `Option<T>` or `Response<T>`"
        ));
    }
    Ok(Status { range, literal })
}

fn read_quoted(text: &str, span: Span) -> Result<Status, String> {
    let unquoted: TokenStream = text.parse().unwrap_or_default();
    match syn::parse2::<LitInt>(unquoted.clone()) {
        Ok(mut literal) => {
            literal.set_span(span);
            Err(format!("a status is a number; write `{literal}` without the quotes"))
        }
        Err(_) => Err(no_status(&syn::LitStr::new(text, span).into_token_stream())),
    }
}

fn exact(digits: &str) -> Result<u16, String> {
    let status = digits.parse().ok().filter(|status| (100..=599).contains(status));
    status.ok_or_else(|| {
        format!(
            "`{digits}` is no status of HTTP; write one from 100 to 599, or a class such as `4xx`"
        )
    })
}

fn class(digits: &str, suffix: &str, item: &TokenStream) -> Result<u16, String> {
    if !suffix.chars().all(|letter| letter.eq_ignore_ascii_case(&'x')) {
        return Err(no_status(item));
    }
    match digits.parse() {
        Ok(class) if (1..=5).contains(&class) && suffix == "xx" => Ok(class),
        Ok(class) if (1..=5).contains(&class) => {
            Err(format!("`{digits}{suffix}` is no class of statuses; did you mean `{class}xx`?"))
        }
        _ => Err(format!(
            "`{digits}{suffix}` is no class of statuses; write one of `1xx`, `3xx`, `4xx` and `5xx`"
        )),
    }
}

fn no_status(item: &TokenStream) -> String {
    if item.to_string().contains("..") {
        return "a range is no status; write a class such as `5xx`, or each status".to_owned();
    }
    format!(
        "`{item}` is no status; write a status such as `409`, a class such as `4xx`, or `code = \"..\"`"
    )
}
