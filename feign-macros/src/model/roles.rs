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
            MarkKind::Body => Role::Body { form: mark.body.as_ref().map(|(_, form)| *form) },
            MarkKind::Form => self.form(parsed, mark, errors),
            MarkKind::Part => self.part(parsed, mark, errors),
            MarkKind::Path | MarkKind::Query => Role::Flatten,
        }
    }

    fn form(&self, parsed: &Parsed<'_>, mark: &Mark<'_>, errors: &mut Errors) -> Role {
        if mark.flatten.is_some() {
            return Role::FlattenForm;
        }
        let name = self.wire_name(parsed, mark);
        if !check_wire_name(&name, mark, errors) {
            return Role::Unknown;
        }
        Role::Form { name, style: style(mark) }
    }

    fn part(&self, parsed: &Parsed<'_>, mark: &Mark<'_>, errors: &mut Errors) -> Role {
        let name = self.wire_name(parsed, mark);
        if !check_wire_name(&name, mark, errors) {
            return Role::Unknown;
        }
        if name.contains(['"', '\\']) {
            errors.add(mark.attribute, format!("the name `{name}` holds a quote or a backslash, and no reader of parts agrees with another about it; write `#[part(\"name\")]`"));
            return Role::Unknown;
        }
        Role::Part { name, json: mark.body.is_some() }
    }

    /// The name that the mark gives, else the argument's.
    pub(super) fn wire_name(&self, parsed: &Parsed<'_>, mark: &Mark<'_>) -> String {
        let renamed = || {
            let rule = self.place.scope.rename_all;
            rule.map_or_else(|| parsed.name.clone(), |rule| rule.argument(&parsed.name))
        };
        mark.name.as_ref().map_or_else(renamed, LitStr::value)
    }

    fn cookie(&self, parsed: &Parsed<'_>, mark: &Mark<'_>, errors: &mut Errors) -> Role {
        let name = self.wire_name(parsed, mark);
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

/// How a list is written.
pub(super) fn style(mark: &Mark<'_>) -> &'static str {
    mark.style.as_ref().map_or("Multi", |(_, style)| style)
}

pub(super) fn check_wire_name(name: &str, mark: &Mark<'_>, errors: &mut Errors) -> bool {
    let mistake = wire_name_mistake(name);
    if let Some(mistake) = &mistake {
        errors.add(mark.attribute, format!("{mistake}; write `#[{}(\"name\")]`", mark.word()));
    }
    mistake.is_none()
}

/// A name goes over the wire escaped, but it has to be one.
fn wire_name_mistake(name: &str) -> Option<String> {
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
