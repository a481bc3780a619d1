//! Where each argument goes: into the template by its name, else where its mark says.

use syn::{LitStr, TraitItemFn};

use super::arguments::Parsed;
use super::roles::{check_wire_name, style};
use super::{Argument, Binding, Key, Role, Scope};
use crate::attrs::{Mark, MarkKind};
use crate::errors::Errors;
use crate::template::{Sections, is_name};

/// What an argument is placed into.
pub(crate) struct Place<'a> {
    /// `None` for a link, or after a mistake in the path.
    pub(crate) template: Option<&'a Sections>,
    pub(crate) link: bool,
    pub(crate) scope: &'a Scope<'a>,
    pub(crate) original: &'a TraitItemFn,
    pub(crate) path: Option<&'a LitStr>,
    /// An argument was refused, so nothing is said about variables that are left.
    pub(crate) incomplete: bool,
}

/// Gives each argument its role, and each variable its argument.
pub(crate) fn place<'a>(
    parsed: Vec<Parsed<'a>>,
    place: &Place<'_>,
    errors: &mut Errors,
) -> (Vec<Argument<'a>>, Vec<Binding>) {
    let mut placing = Placing {
        place,
        bindings: Vec::new(),
        homeless: Vec::new(),
        silent: Vec::new(),
        incomplete: place.incomplete,
    };
    let mut arguments = Vec::new();
    for (index, parsed) in parsed.into_iter().enumerate() {
        let role = placing.role(index, &parsed, errors);
        let own = || parsed.mark.as_ref().and_then(|mark| mark.form.clone());
        let form = match role {
            Role::Template
            | Role::Query { .. }
            | Role::Form { .. }
            | Role::Header { .. }
            | Role::Cookie { .. } => own().or_else(|| place.scope.params.clone()),
            // Most parts are no text, so only the part itself says how it is written as one.
            Role::Part { .. } => own(),
            _ => None,
        };
        // Hashed as it is sent, unless the key says otherwise.
        let key = parsed.key.map(|key| {
            let sent = || form.clone().or_else(|| place.scope.params.clone());
            Key { form: key.form.or_else(sent) }
        });
        arguments.push(Argument {
            original: parsed.original,
            ident: parsed.ident.clone(),
            name: parsed.name,
            role,
            form,
            key,
            sensitive: parsed.sensitive,
        });
    }
    placing.finish(&arguments, errors);
    (arguments, placing.bindings)
}

pub(super) struct Placing<'p> {
    pub(super) place: &'p Place<'p>,
    pub(super) bindings: Vec<Binding>,
    /// Arguments for which the template has no variable, and whether they are marked `#[path]`.
    pub(super) homeless: Vec<(usize, bool)>,
    /// Variables about which nothing is said, since a mistake is recorded.
    pub(super) silent: Vec<String>,
    pub(super) incomplete: bool,
}

impl Placing<'_> {
    fn role(&mut self, index: usize, parsed: &Parsed<'_>, errors: &mut Errors) -> Role {
        let names = self.names(parsed);
        if parsed.bad {
            self.silent.extend(names);
            return Role::Unknown;
        }
        match &parsed.mark {
            None => self.by_name(index, parsed, &names, errors),
            Some(mark) if mark.kind == MarkKind::Path => {
                self.path(index, parsed, mark, &names, errors)
            }
            Some(mark) if mark.kind == MarkKind::Query && mark.flatten.is_none() => {
                self.query(index, parsed, mark, &names, errors)
            }
            Some(mark) => self.elsewhere(parsed, mark, errors),
        }
    }

    /// The names by which the template may mean the argument.
    pub(super) fn names(&self, parsed: &Parsed<'_>) -> Vec<String> {
        let explicit = parsed
            .mark
            .as_ref()
            .filter(|mark| matches!(mark.kind, MarkKind::Path | MarkKind::Query))
            .and_then(|mark| mark.name.as_ref());
        if let Some(name) = explicit {
            return vec![name.value()];
        }
        let mut names = vec![parsed.name.clone()];
        names.extend(self.place.scope.rename_all.map(|rule| rule.argument(&parsed.name)));
        names
    }

    pub(super) fn find(&self, names: &[String], query: Option<bool>) -> Option<String> {
        let template = self.place.template?;
        let path = template.path_variables().filter(|_| query != Some(true));
        let in_query = template.query_variables().filter(|_| query != Some(false));
        let variables: Vec<_> =
            path.chain(in_query).map(|variable| variable.name.as_str()).collect();
        names.iter().find(|name| variables.contains(&name.as_str())).cloned()
    }

    fn bind(
        &mut self,
        index: usize,
        variable: String,
        parsed: &Parsed<'_>,
        errors: &mut Errors,
    ) -> Role {
        if self.bindings.iter().any(|binding| binding.variable == variable) {
            errors.add(parsed.ident, format!("`{{{variable}}}` is filled by another argument already; write a variable of its own for `{}`", parsed.name));
            return Role::Unknown;
        }
        self.bindings.push(Binding { variable, argument: index });
        Role::Template
    }

    fn by_name(
        &mut self,
        index: usize,
        parsed: &Parsed<'_>,
        names: &[String],
        errors: &mut Errors,
    ) -> Role {
        if let Some(variable) = self.find(names, None) {
            return self.bind(index, variable, parsed, errors);
        }
        if parsed.key.is_some() {
            return Role::Key;
        }
        if self.place.template.is_some() {
            self.homeless.push((index, false));
        } else if self.place.link {
            errors.add(parsed.ident, format!("`{}` has no place beside a link; mark it `#[query]`, `#[header]`, `#[cookie]` or `#[body]`", parsed.name));
        }
        Role::Unknown
    }

    fn path(
        &mut self,
        index: usize,
        parsed: &Parsed<'_>,
        mark: &Mark<'_>,
        names: &[String],
        errors: &mut Errors,
    ) -> Role {
        if let Some(name) = mark.name.as_ref().filter(|name| !is_name(&name.value())) {
            errors.add(name, format!("`{}` is not a variable's name, which is letters, digits, `_` and inner dots; write the name that stands in the braces", name.value().escape_debug()));
            self.incomplete = true;
            return Role::Unknown;
        }
        if let Some(variable) = self.find(names, Some(false)) {
            return self.bind(index, variable, parsed, errors);
        }
        if let Some(variable) = self.find(names, Some(true)) {
            errors.add(mark.attribute, format!("`{{{variable}}}` stands in the query of the template; mark it `#[query]`, or write no mark"));
            self.silent.push(variable);
            return Role::Unknown;
        }
        if self.place.link {
            errors.add(mark.attribute, format!("a link brings its own path, so `{}` has no place in it; mark it `#[query]`, or write a path instead of the `#[url]`", parsed.name));
        } else if self.place.template.is_some() {
            self.homeless.push((index, true));
        }
        Role::Unknown
    }

    fn query(
        &mut self,
        index: usize,
        parsed: &Parsed<'_>,
        mark: &Mark<'_>,
        names: &[String],
        errors: &mut Errors,
    ) -> Role {
        if let Some(variable) = self.find(names, Some(true)) {
            if let Some((key, _)) = &mark.style {
                errors.add(key, format!("the template says how `{variable}` is written; write `{{{variable}*}}` for one parameter each or `{{{variable}}}` for commas, and take `style` away"));
                self.silent.push(variable);
                return Role::Unknown;
            }
            return self.bind(index, variable, parsed, errors);
        }
        if let Some(variable) = self.find(names, Some(false)) {
            errors.add(mark.attribute, format!("`{{{variable}}}` stands in the path of the template; mark it `#[path]`, or write no mark"));
            self.silent.push(variable);
            return Role::Unknown;
        }
        let name = names.last().cloned().unwrap_or_default();
        if !check_wire_name(&name, mark, errors) {
            return Role::Unknown;
        }
        Role::Query { name, style: style(mark) }
    }
}
