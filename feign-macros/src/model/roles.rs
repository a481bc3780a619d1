//! Roles that have nothing to do with the template.

use syn::LitStr;

use super::Role;
use super::arguments::Parsed;
use super::placing::Placing;
use crate::attrs::{Mark, MarkKind, header_name, is_token};
use crate::errors::Errors;

impl Placing<'_> {
    /// An argument goes where its mark says, and nowhere else.
    pub(super) fn elsewhere(
        &mut self,
        parsed: &Parsed<'_>,
        mark: &Mark<'_>,
        errors: &mut Errors,
    ) -> Role {
        if let Some(variable) = self.find(&self.names(parsed), None) {
            errors.add(mark.attribute, format!("`{}` fills `{{{variable}}}` of the template and is marked `#[{}]`, and an argument goes to one place; write another name in the braces, or no mark", parsed.name, mark.word()));
            self.silent.push(variable);
            return Role::Unknown;
        }
        match mark.kind {
            MarkKind::Header => header(parsed, mark, errors),
            MarkKind::Cookie => self.cookie(parsed, mark, errors),
            MarkKind::Headers => Role::Headers,
            MarkKind::Url => Role::Link,
            MarkKind::Body => Role::Body { json: mark.json.is_some() },
            MarkKind::Path | MarkKind::Query => Role::Flatten,
        }
    }

    fn cookie(&self, parsed: &Parsed<'_>, mark: &Mark<'_>, errors: &mut Errors) -> Role {
        let renamed = || {
            self.place
                .scope
                .rename_all
                .map_or_else(|| parsed.name.clone(), |rule| rule.argument(&parsed.name))
        };
        let name = mark.name.as_ref().map_or_else(renamed, LitStr::value);
        if is_token(&name) {
            return Role::Cookie { name };
        }
        errors.add(mark.attribute, format!("`{}` is not a cookie's name, which is made of letters, digits and `!#$%&'*+-.^_`|~`; write `#[cookie(\"name\")]`", name.escape_debug()));
        Role::Unknown
    }
}

fn header(parsed: &Parsed<'_>, mark: &Mark<'_>, errors: &mut Errors) -> Role {
    let name = match &mark.name {
        Some(name) => header_name(name, &name.value(), errors),
        None => {
            let name = parsed.name.replace('_', "-");
            if !is_token(&name) {
                errors.add(parsed.ident, format!("`{name}` is not a header's name, which is made of letters, digits and `-`; write `#[header(\"x-name\")]`"));
                return Role::Unknown;
            }
            header_name(&LitStr::new(&name, parsed.ident.span()), &name, errors)
        }
    };
    name.map_or(Role::Unknown, |name| Role::Header { name })
}

/// A name goes over the wire escaped, but it has to be one.
pub(super) fn wire_name_mistake(name: &str) -> Option<String> {
    if name.is_empty() {
        Some("the name of this parameter is empty".to_owned())
    } else if name.contains(|sign: char| sign.is_control()) {
        Some(format!(
            "the name `{}` holds a control character, which is never sent",
            name.escape_debug()
        ))
    } else {
        None
    }
}
