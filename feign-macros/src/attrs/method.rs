//! The attributes of a method or of the trait, sorted.

use syn::{Attribute, Ident, Path};

use super::entry::keep;
use super::foreign::Passing;
use super::idempotent::{self, Idempotent};
use super::statuses::{self, NoneWhen, Ranges};
use super::tags::{self, Tags};
use super::timeout::Timeouts;
use super::{
    Compress, Log, METHOD, Route, StaticHeader, TRAIT, VERBS, codec, compress, headers, misses,
};
use crate::errors::Errors;

/// What may be said of one method, and of the trait for all of them.
#[derive(Default)]
pub(crate) struct Settings {
    pub(crate) timeouts: Option<Timeouts>,
    pub(crate) headers: Vec<StaticHeader>,
    pub(crate) tags: Tags,
    pub(crate) accept: Option<Ranges>,
    pub(crate) none: Option<NoneWhen>,
    pub(crate) compress: Option<Compress>,
}

#[derive(Default)]
pub(crate) struct MethodAttributes<'a> {
    pub(crate) routes: Vec<Route<'a>>,
    pub(crate) settings: Settings,
    pub(crate) idempotent: Option<Idempotent>,
    pub(crate) codec: Option<Path>,
    pub(crate) log: Option<Log>,
    /// Ours but the routes: they need one.
    pub(crate) others: Vec<&'a Attribute>,
    pub(crate) passing: Passing<'a>,
    /// A near miss of a verb was refused already.
    pub(crate) missed: bool,
}

impl<'a> MethodAttributes<'a> {
    pub(crate) fn read(attributes: &'a [Attribute], errors: &mut Errors) -> Self {
        let mut read = Self::default();
        for attribute in attributes {
            match ours(attribute, &METHOD) {
                Some(name) if name == "request" || VERBS.iter().any(|(verb, _)| name == verb) => {
                    read.routes.push(Route::read(attribute, name, errors));
                }
                Some(name) => {
                    read.others.push(attribute);
                    read.option(attribute, name, errors);
                }
                None => read.missed |= !misses::method(attribute, &mut read.passing, errors),
            }
        }
        read
    }

    fn option(&mut self, attribute: &Attribute, name: &Ident, errors: &mut Errors) {
        if name == "idempotent" {
            let idempotent = idempotent::read(attribute, errors);
            keep(&mut self.idempotent, idempotent, attribute, "`#[idempotent]`", errors);
        } else if name == "log" {
            if let Some(log) = Log::read(attribute, errors) {
                keep(&mut self.log, log, attribute, "`#[log]`", errors);
            }
        } else if name == "codec" {
            if let Some(codec) = codec::read(attribute, errors) {
                keep(&mut self.codec, codec, attribute, "`#[codec]`", errors);
            }
        } else {
            self.settings.take(attribute, name, errors);
        }
    }
}

pub(crate) struct TraitAttributes<'a> {
    pub(crate) settings: Settings,
    pub(crate) passing: Passing<'a>,
}

impl<'a> TraitAttributes<'a> {
    pub(crate) fn read(attributes: &'a [Attribute], errors: &mut Errors) -> Self {
        let mut read = Self { settings: Settings::default(), passing: Passing::default() };
        for attribute in attributes {
            match ours(attribute, &TRAIT) {
                Some(name) => read.settings.take(attribute, name, errors),
                None => misses::of_trait(attribute, &mut read.passing, errors),
            }
        }
        read
    }
}

impl Settings {
    fn take(&mut self, attribute: &Attribute, name: &Ident, errors: &mut Errors) {
        let what = format!("`#[{name}]`");
        match name.to_string().as_str() {
            "timeout" => {
                let timeouts = Timeouts::read(attribute, errors);
                keep(&mut self.timeouts, timeouts, attribute, &what, errors);
            }
            "headers" => headers::read(attribute, &mut self.headers, errors),
            "tags" => tags::read(attribute, &mut self.tags, errors),
            "accept" => {
                let ranges = statuses::accept(attribute, errors);
                keep(&mut self.accept, ranges, attribute, &what, errors);
            }
            "compress" => {
                if let Some(compress) = compress::read(attribute, errors) {
                    keep(&mut self.compress, compress, attribute, &what, errors);
                }
            }
            _ => {
                let none = statuses::none(attribute, errors);
                keep(&mut self.none, none, attribute, &what, errors);
            }
        }
    }
}

/// Returns the attribute's name if it is one of `names`.
fn ours<'a>(attribute: &'a Attribute, names: &[&str]) -> Option<&'a Ident> {
    attribute.path().get_ident().filter(|ident| names.iter().any(|name| ident == name))
}
