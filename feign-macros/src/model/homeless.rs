//! Variables without argument, and arguments without place.

use super::Argument;
use super::placing::Placing;
use crate::errors::Errors;
use crate::rename::snake;
use crate::spell;
use crate::template::cut;

impl Placing<'_> {
    /// Tells of both; a pair that belongs together is one mistake.
    pub(super) fn finish(&self, arguments: &[Argument<'_>], errors: &mut Errors) {
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

    /// How an argument for a variable is written: `#[query("pageSize")] page_size: ..`.
    fn argument_for(&self, variable: &str) -> String {
        let escaped = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '_' };
        let plain: String = snake(variable).chars().map(escaped).collect();
        let name = match syn::parse_str::<syn::Ident>(&plain) {
            Ok(_) => plain.clone(),
            Err(_) if plain.starts_with(|letter: char| letter.is_ascii_digit()) => {
                format!("_{plain}")
            }
            Err(_) => format!("r#{plain}"),
        };
        let renamed =
            self.place.scope.rename_all.is_some_and(|rule| rule.argument(&plain) == variable);
        if renamed || plain == variable && !name.starts_with('_') {
            return format!("{name}: ..");
        }
        format!("#[{}(\"{variable}\")] {name}: ..", self.mark_for(variable))
    }

    fn unfilled(&self, name: &str, errors: &mut Errors) {
        let method = &self.place.original.sig.ident;
        let wanted = self.argument_for(name);
        let own = self.place.path.filter(|path| {
            cut(&path.value(), &mut Vec::new()).variables().any(|variable| variable.name == name)
        });
        match own {
            Some(path) => errors.add(path, format!("`{{{name}}}` has no argument in `{method}`; write one, `{wanted}`, or take the variable away")),
            None => {
                let base = self.place.scope.base_text.as_deref().unwrap_or_default();
                errors.add(method, format!("`{{{name}}}` of the trait's path `{base}` has no argument in `{method}`; write one, `{wanted}`"));
            }
        }
    }
}

/// `page_size` and `pageSize` are one name to a reader.
fn renamed_alike<'a>(name: &str, open: &[&'a str]) -> Option<&'a str> {
    let plain = |name: &str| name.replace('_', "").to_lowercase();
    open.iter().copied().find(|variable| plain(variable) == plain(name))
}
