//! `#[publisher(settings(env), codec = .., cloud_events(source = ".."), ..)]`

use proc_macro2::{Span, TokenStream};
use syn::{Ident, Path};

use super::attrs::CloudEvents;
use crate::attrs::entry::{self, Entry, keep};
use crate::attrs::{TextForm, argument::function, crate_path};
use crate::errors::Errors;
use crate::{spell, syntax};

/// What stands in the parentheses of `#[publisher(..)]`.
#[derive(Default)]
pub(crate) struct Args {
    /// Placeholders of topics that are given when the publisher is made.
    pub(crate) settings: Vec<Ident>,
    pub(crate) name: Option<Ident>,
    pub(crate) params: Option<TextForm>,
    pub(crate) codec: Option<Path>,
    pub(crate) cloud_events: Option<CloudEvents>,
    pub(crate) dynamic: Option<Span>,
    pub(crate) krate: Option<Path>,
}

const KEYS: [&str; 7] = ["settings", "name", "params", "codec", "cloud_events", "dyn", "crate"];

impl Args {
    pub(crate) fn read(tokens: TokenStream, errors: &mut Errors) -> Self {
        let mut args = Self::default();
        for entry in entry::parse(tokens) {
            args.take(&entry, errors);
        }
        args
    }

    fn take(&mut self, entry: &Entry, errors: &mut Errors) {
        let Some(key) = entry.key() else {
            let keys = spell::list(KEYS, "and");
            return errors
                .add(entry, format!("`publisher` takes {keys}; write them as `key = value`"));
        };
        match (key.to_string().as_str(), entry) {
            ("dyn", Entry::Word(_)) => keep(&mut self.dynamic, key.span(), key, "`dyn`", errors),
            ("settings", Entry::Call { arguments, .. }) => {
                self.settings(key, arguments.clone(), errors)
            }
            ("cloud_events", Entry::Call { arguments, .. }) => {
                let read = CloudEvents::read(key.span(), entry::parse(arguments.clone()), errors);
                keep(&mut self.cloud_events, read, key, "`cloud_events`", errors);
            }
            ("name" | "params" | "codec" | "crate", Entry::Pair { value, .. }) => {
                self.pair(key, value, errors)
            }
            ("dyn", _) => errors.add(entry, "`dyn` takes no value; write `dyn` alone"),
            ("settings", _) => {
                errors.add(entry, "`settings` names placeholders of topics; write `settings(env)`")
            }
            ("cloud_events", _) => {
                errors.add(entry, "`cloud_events` says what all events have; write `cloud_events(source = \"/orders\")`");
            }
            (name, _) if KEYS.contains(&name) => {
                errors.add(entry, format!("`{name}` takes a value; write `{name} = ..`"));
            }
            ("service" | "path" | "balance" | "rename_all" | "partial", _) => {
                errors.add(key, format!("`{key}` is an option of `client`, and a publisher has none; take it away, or write one of {}", spell::list(KEYS, "or")));
            }
            (name, _) => {
                let keys = format!("write one of {}", spell::list(KEYS, "or"));
                let repair = spell::did_you_mean(name, KEYS, &keys);
                errors.add(key, format!("`{name}` is not an option of `publisher`; {repair}"));
            }
        }
    }

    fn settings(&mut self, key: &Ident, names: TokenStream, errors: &mut Errors) {
        let names = entry::parse(names);
        if names.is_empty() {
            errors.add(
                key,
                "`settings` names no placeholder; write `settings(env)`, or take it away",
            );
        }
        for name in names {
            let Entry::Word(name) = name else {
                errors.add(name, "a setting is the name of a placeholder; write `settings(env)`");
                continue;
            };
            if self.settings.contains(&name) {
                errors.add(&name, format!("the setting `{name}` is said twice; write it once"));
            } else {
                self.settings.push(name);
            }
        }
    }

    fn pair(&mut self, key: &Ident, value: &syn::Expr, errors: &mut Errors) {
        let what = format!("`{key}`");
        let path = function(value);
        if key == "crate" {
            if let Some(krate) = crate_path(value, errors) {
                keep(&mut self.krate, krate, key, &what, errors);
            }
        } else if key == "name" {
            match path.and_then(|path| path.get_ident().cloned()) {
                Some(name) => keep(&mut self.name, name, key, &what, errors),
                None => errors.add(
                    value,
                    "`name` is the name of the generated type; write `name = KafkaOrders`",
                ),
            }
        } else if key == "params" {
            match path.as_ref().and_then(TextForm::of_path) {
                Some(form) => keep(&mut self.params, form, key, &what, errors),
                None => errors.add(value, "`params` says how arguments without `Param` are written; write `params = display` or `params = serde`"),
            }
        } else {
            match path {
                Some(path) => keep(&mut self.codec, path, key, &what, errors),
                None => errors.add(
                    value,
                    "`codec` is a type, named by its path; write `codec = feign::codec::MsgPack`",
                ),
            }
        }
    }

    pub(crate) fn is_setting(&self, name: &str) -> bool {
        self.settings.iter().any(|setting| syntax::plain(setting) == name)
    }
}
