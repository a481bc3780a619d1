//! `#[client(service = "..", path = "..", ..)]`

use proc_macro2::{Span, TokenStream};
use quote::ToTokens as _;
use syn::{Expr, Ident, LitStr, Path};

use super::Log;
use super::TextForm;
use super::balance::Balance;
use super::entry::{self, Entry, keep, string};
use crate::errors::Errors;
use crate::rename::RenameRule;
use crate::spell;

/// What stands in the parentheses of `#[client(..)]`.
#[derive(Default)]
pub(crate) struct ClientArgs {
    pub(crate) service: Option<LitStr>,
    pub(crate) path: Option<LitStr>,
    pub(crate) name: Option<Ident>,
    pub(crate) rename_all: Option<RenameRule>,
    pub(crate) params: Option<TextForm>,
    pub(crate) codec: Option<Path>,
    pub(crate) balance: Option<Balance>,
    pub(crate) log: Option<Log>,
    pub(crate) dynamic: Option<Span>,
    pub(crate) partial: Option<Span>,
    pub(crate) krate: Option<Path>,
}

const KEYS: [&str; 11] = [
    "service",
    "path",
    "name",
    "rename_all",
    "params",
    "codec",
    "balance",
    "log",
    "dyn",
    "partial",
    "crate",
];

impl ClientArgs {
    pub(crate) fn read(tokens: TokenStream, errors: &mut Errors) -> Self {
        let mut args = Self::default();
        for entry in entry::parse(tokens) {
            args.take(&entry, errors);
        }
        args
    }

    fn take(&mut self, entry: &Entry, errors: &mut Errors) {
        let Some(key) = entry.key() else {
            errors.add(
                entry,
                format!("`client` takes {}; write them as `key = value`", spell::list(KEYS, "and")),
            );
            return;
        };
        match (key.to_string().as_str(), entry) {
            ("dyn", Entry::Word(_)) => keep(&mut self.dynamic, key.span(), key, "`dyn`", errors),
            ("partial", Entry::Word(_)) => {
                keep(&mut self.partial, key.span(), key, "`partial`", errors)
            }
            (word @ ("dyn" | "partial"), _) => {
                errors.add(entry, format!("`{word}` takes no value; write `{word}` alone"));
            }
            (name, Entry::Pair { value, .. }) if KEYS.contains(&name) => {
                self.pair(name, key, value, errors)
            }
            (name, _) if KEYS.contains(&name) => {
                errors.add(entry, format!("`{name}` takes a value; write `{name} = ..`"));
            }
            (name, _) => {
                let keys = format!("write one of {}", spell::list(KEYS, "or"));
                let repair = spell::did_you_mean(name, KEYS, &keys);
                errors.add(key, format!("`{name}` is not an option of `client`; {repair}"));
            }
        }
    }

    fn pair(&mut self, name: &str, key: &Ident, value: &Expr, errors: &mut Errors) {
        let what = format!("`{name}`");
        match name {
            "service" => {
                if let Some(service) = text(name, value, errors).filter(|service| check_service(service, errors)) {
                    keep(&mut self.service, service, key, &what, errors);
                }
            }
            "path" => {
                if let Some(path) = text(name, value, errors) {
                    keep(&mut self.path, path, key, &what, errors);
                }
            }
            "rename_all" => {
                if let Some(rule) = text(name, value, errors).and_then(|rule| rename_rule(&rule, errors)) {
                    keep(&mut self.rename_all, rule, key, &what, errors);
                }
            }
            "name" => match path_of(value).and_then(|path| path.get_ident().cloned()) {
                Some(ident) => keep(&mut self.name, ident, key, &what, errors),
                None => errors.add(value, "`name` is the name of the generated type; write `name = HttpInventory`"),
            },
            "params" => match path_of(value).and_then(TextForm::of_path) {
                Some(form) => keep(&mut self.params, form, key, &what, errors),
                None => errors.add(value, "`params` says how arguments without `Param` are written; write `params = display` or `params = serde`"),
            },
            "codec" => match path_of(value) {
                Some(path) => keep(&mut self.codec, path.clone(), key, &what, errors),
                None => errors.add(value, "`codec` is a type, named by its path; write `codec = feign::codec::MsgPack`"),
            },
            "balance" => {
                if let Some(balance) = Balance::read(value, errors) {
                    keep(&mut self.balance, balance, key, &what, errors);
                }
            }
            "log" => {
                if let Some(log) = Log::of_option(value, errors) {
                    keep(&mut self.log, log, key, &what, errors);
                }
            }
            _ => {
                if let Some(krate) = crate_path(value, errors) {
                    keep(&mut self.krate, krate, key, &what, errors);
                }
            }
        }
    }
}

fn text(name: &str, value: &Expr, errors: &mut Errors) -> Option<LitStr> {
    let text = string(value).cloned();
    if text.is_none() {
        errors.add(value, format!("`{name}` is read when the macro runs, so it must be a string literal; write `{name} = \"..\"`"));
    }
    text
}

fn path_of(value: &Expr) -> Option<&Path> {
    match value {
        Expr::Path(path) if path.qself.is_none() => Some(&path.path),
        Expr::Group(group) => path_of(&group.expr),
        _ => None,
    }
}

/// A service is a name, not an address.
fn check_service(service: &LitStr, errors: &mut Errors) -> bool {
    let name = service.value();
    let message = if name.trim().is_empty() {
        "the service's name is empty; write the name it is found by, `service = \"inventory\"`, or leave `service` away".to_owned()
    } else if name.contains("://") {
        format!(
            "`{name}` is an address, and `service` is a name; write the name, and give the address to `at(..)` or to the hub's `service(name, ..)`"
        )
    } else if name
        .contains(|sign: char| sign.is_whitespace() || sign.is_control() || "/\\?#@".contains(sign))
    {
        format!(
            "`{}` cannot be the name of a service, which holds no spaces and none of `/ \\ ? # @`; write a plain name, `service = \"inventory\"`",
            name.escape_debug()
        )
    } else {
        return true;
    };
    errors.add(service, message);
    false
}

pub(crate) fn rename_rule(rule: &LitStr, errors: &mut Errors) -> Option<RenameRule> {
    let name = rule.value();
    let found = RenameRule::find(&name);
    if found.is_none() {
        let rules = format!("write one of {}", spell::list(RenameRule::names(), "or"));
        let repair = spell::did_you_mean(&name, RenameRule::names(), &rules);
        errors.add(rule, format!("`{name}` is not a rule of `rename_all`; {repair}"));
    }
    found
}

/// The path to the facade must mean the same in every module.
pub(crate) fn crate_path(value: &Expr, errors: &mut Errors) -> Option<Path> {
    let Some(path) = path_of(value) else {
        let repair = match string(value) {
            Some(quoted) => {
                let path = quoted.value();
                let root =
                    if path.starts_with("::") || path.starts_with("crate") { "" } else { "::" };
                format!("write `crate = {root}{path}` without quotes")
            }
            None => "write `crate = ::feign`".to_owned(),
        };
        errors.add(value, format!("`crate` is a path; {repair}"));
        return None;
    };
    let absolute = path.leading_colon.is_some()
        || path
            .segments
            .first()
            .is_some_and(|first| first.ident == "crate" || first.ident == "$crate");
    if absolute {
        return Some(path.clone());
    }
    let shown = path.to_token_stream().to_string().replace(' ', "");
    errors.add(path, format!("`{shown}` is a relative path, which means something else in another module; write `::{shown}` or `crate::{shown}`"));
    None
}
