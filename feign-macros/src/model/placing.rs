//! Where each argument goes: into the template by its name, else where its mark says.

use syn::{LitStr, TraitItemFn};

use super::arguments::Parsed;
use super::{Argument, Binding, Role, Scope};
use crate::attrs::{Mark, MarkKind, header_name, is_token};
use crate::errors::Errors;
use crate::spell;
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
    let mut placing =
        Placing { place, bindings: Vec::new(), homeless: Vec::new(), silent: Vec::new(), incomplete: place.incomplete };
    let mut arguments = Vec::new();
    for (index, parsed) in parsed.into_iter().enumerate() {
        let role = placing.role(index, &parsed, errors);
        let form = match role {
            Role::Template | Role::Query { .. } | Role::Header { .. } | Role::Cookie { .. } => {
                let own = parsed.mark.as_ref().and_then(|mark| mark.form.clone());
                own.or_else(|| place.scope.params.clone())
            }
            _ => None,
        };
        arguments.push(Argument {
            original: parsed.original,
            ident: parsed.ident.clone(),
            name: parsed.name,
            role,
            form,
        });
    }
    placing.finish(&arguments, errors);
    (arguments, placing.bindings)
}

struct Placing<'p> {
    place: &'p Place<'p>,
    bindings: Vec<Binding>,
    /// Arguments for which the template has no variable, and whether they are marked `#[path]`.
    homeless: Vec<(usize, bool)>,
    /// Variables about which nothing is said, since a mistake is recorded.
    silent: Vec<String>,
    incomplete: bool,
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
    fn names(&self, parsed: &Parsed<'_>) -> Vec<String> {
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

    fn find(&self, names: &[String], query: Option<bool>) -> Option<String> {
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
        if let Some(mistake) = wire_name_mistake(&name) {
            errors.add(mark.attribute, format!("{mistake}; write `#[query(\"name\")]`"));
            return Role::Unknown;
        }
        Role::Query { name, style: mark.style.as_ref().map_or("Multi", |(_, style)| style) }
    }

    /// Roles that have nothing to do with the template.
    fn elsewhere(&mut self, parsed: &Parsed<'_>, mark: &Mark<'_>, errors: &mut Errors) -> Role {
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
            MarkKind::Body => Role::Body { json: mark.json },
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

    /// Tells of variables without argument and of arguments without place; a pair that belongs
    /// together is one mistake.
    fn finish(&self, arguments: &[Argument<'_>], errors: &mut Errors) {
        let Some(template) = self.place.template else { return };
        let mut open: Vec<&str> = Vec::new();
        for variable in template.variables() {
            let name = variable.name.as_str();
            let filled = self.bindings.iter().any(|binding| binding.variable == name);
            if !filled && !open.contains(&name) && !self.silent.iter().any(|silent| silent == name)
            {
                open.push(name);
            }
        }
        for (index, marked) in &self.homeless {
            let Some(argument) = arguments.get(*index) else { continue };
            let near = spell::nearest(&argument.name, open.iter().copied());
            let only =
                open.first().copied().filter(|_| open.len() == 1 && self.homeless.len() == 1);
            let meant = near.or(only).or_else(|| renamed_alike(&argument.name, &open));
            errors.add(&argument.ident, self.homeless(argument, *marked, meant));
            open.retain(|name| Some(*name) != meant);
        }
        for name in open.into_iter().filter(|_| !self.incomplete) {
            self.unfilled(name, errors);
        }
    }

    fn homeless(&self, argument: &Argument<'_>, marked: bool, meant: Option<&str>) -> String {
        let name = &argument.name;
        let template = self.place.template.map(ToString::to_string).unwrap_or_default();
        match (meant, marked) {
            (Some(meant), _) => format!(
                "`{name}` is not in the template `{template}`, and its `{{{meant}}}` has no argument; write `{{{name}}}` there, or mark the argument `#[{}(\"{meant}\")]`",
                self.mark_for(meant)
            ),
            (None, true) => format!(
                "`{name}` is marked `#[path]` and is not in the template `{template}`; write `{{{name}}}` there, or mark it `#[query]`"
            ),
            (None, false) => format!(
                "`{name}` is neither in the template `{template}` nor marked; write `{{{name}}}` there, or mark it `#[query]`, `#[header]`, `#[cookie]` or `#[body]`"
            ),
        }
    }

    fn mark_for(&self, variable: &str) -> &'static str {
        let query = self
            .place
            .template
            .is_some_and(|template| template.query_variables().any(|known| known.name == variable));
        if query { "query" } else { "path" }
    }

    fn unfilled(&self, name: &str, errors: &mut Errors) {
        let method = &self.place.original.sig.ident;
        let own = self.place.path.filter(|path| {
            crate::template::cut(&path.value(), &mut Vec::new())
                .variables()
                .any(|variable| variable.name == name)
        });
        match own {
            Some(path) => errors.add(path, format!("`{{{name}}}` has no argument in `{method}`; write one, `{name}: ..`, or take the variable away")),
            None => {
                let base = self.place.scope.base_text.as_deref().unwrap_or_default();
                errors.add(method, format!("`{{{name}}}` of the trait's path `{base}` has no argument in `{method}`; write one, `{name}: ..`"));
            }
        }
    }
}

/// `page_size` and `pageSize` are one name to a reader.
fn renamed_alike<'a>(name: &str, open: &[&'a str]) -> Option<&'a str> {
    let plain = |name: &str| name.replace('_', "").to_lowercase();
    open.iter().copied().find(|variable| plain(variable) == plain(name))
}

fn header(parsed: &Parsed<'_>, mark: &Mark<'_>, errors: &mut Errors) -> Role {
    let name = match &mark.name {
        Some(name) => header_name(name, &name.value(), errors),
        None => {
            let literal = LitStr::new(&parsed.name.replace('_', "-"), parsed.ident.span());
            header_name(&literal, &literal.value(), errors)
        }
    };
    name.map_or(Role::Unknown, |name| Role::Header { name })
}

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
