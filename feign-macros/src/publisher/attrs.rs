//! The attributes of a method or of the trait.

use proc_macro2::Span;
use syn::{Attribute, Ident, Lit, LitStr, Meta, Path};

use crate::attrs::argument::function;
use crate::attrs::entry::{Entry, entries, keep, string};
use crate::attrs::{METHOD as HTTP, Passing, Place, place, place_of};
use crate::errors::Errors;
use crate::spell;

/// Attributes of a method that are ours.
const METHOD: [&str; 5] = ["topic", "headers", "codec", "cloud_events", "tombstone"];

/// Attributes of events that all have, or one.
#[derive(Clone, Default)]
pub(crate) struct CloudEvents {
    pub(crate) span: Option<Span>,
    pub(crate) ty: Option<String>,
    pub(crate) source: Option<String>,
}

/// A header that is always sent.
#[derive(Clone)]
pub(crate) struct StaticHeader {
    pub(crate) name: String,
    pub(crate) value: String,
}

#[derive(Default)]
pub(crate) struct Attributes<'a> {
    pub(crate) topic: Option<LitStr>,
    /// A topic stands there, perhaps with a mistake.
    pub(crate) has_topic: bool,
    pub(crate) headers: Vec<StaticHeader>,
    pub(crate) codec: Option<Path>,
    pub(crate) cloud_events: Option<CloudEvents>,
    pub(crate) tombstone: Option<Span>,
    /// Ours, for a method that is never sent.
    pub(crate) ours: Vec<&'a Attribute>,
    pub(crate) passing: Passing<'a>,
    /// A near miss of ours was refused.
    pub(crate) missed: bool,
}

impl<'a> Attributes<'a> {
    pub(crate) fn of_method(attributes: &'a [Attribute], errors: &mut Errors) -> Self {
        let mut read = Self::default();
        for attribute in attributes {
            match attribute.path().get_ident().filter(|name| METHOD.iter().any(|ours| name == ours))
            {
                Some(name) => {
                    read.ours.push(attribute);
                    read.take(attribute, name, errors);
                }
                None => read.pass(attribute, method_mistake(attribute), errors),
            }
        }
        read
    }

    pub(crate) fn of_trait(attributes: &'a [Attribute], errors: &mut Errors) -> Self {
        let mut read = Self::default();
        for attribute in attributes {
            if attribute.path().is_ident("headers") {
                headers(attribute, &mut read.headers, errors);
            } else {
                read.pass_trait(attribute, errors);
            }
        }
        read
    }

    fn take(&mut self, attribute: &'a Attribute, name: &Ident, errors: &mut Errors) {
        let what = format!("`#[{name}]`");
        match name.to_string().as_str() {
            "topic" => {
                if self.has_topic {
                    return errors.add(attribute, "a method publishes to one topic; write a second method for the second topic");
                }
                self.has_topic = true;
                self.topic = topic(attribute, errors);
            }
            "headers" => headers(attribute, &mut self.headers, errors),
            "codec" => {
                if let Some(codec) = codec(attribute, errors) {
                    keep(&mut self.codec, codec, attribute, &what, errors);
                }
            }
            "cloud_events" => {
                let entries = entries(attribute, "#[cloud_events(type = \"..\")]", errors);
                let read = CloudEvents::read(name.span(), entries, errors);
                keep(&mut self.cloud_events, read, attribute, &what, errors);
            }
            _ => {
                if !matches!(attribute.meta, Meta::Path(_)) {
                    errors.add(
                        attribute,
                        "a tombstone has no body and no options; write `#[tombstone]` alone",
                    );
                }
                keep(&mut self.tombstone, name.span(), attribute, &what, errors);
            }
        }
    }

    fn pass(&mut self, attribute: &'a Attribute, mistake: Option<String>, errors: &mut Errors) {
        match mistake {
            Some(mistake) => {
                errors.add(attribute.path(), mistake);
                self.missed = true;
            }
            None => self.passing.push(attribute),
        }
    }

    fn pass_trait(&mut self, attribute: &'a Attribute, errors: &mut Errors) {
        if let Some(mistake) = trait_mistake(attribute) {
            return errors.add(attribute.path(), mistake);
        }
        match place(attribute) {
            Place::Everywhere => self.passing.everywhere.push(attribute),
            _ => self.passing.declaration.push(attribute),
        }
    }
}

fn last(attribute: &Attribute) -> String {
    let last = attribute.path().segments.last();
    last.map(|segment| segment.ident.to_string()).unwrap_or_default()
}

fn is_known(name: &str) -> bool {
    matches!(place_of(&[name.to_owned()]), Place::Everywhere | Place::Declaration | Place::Client)
        || name == "cfg_attr"
}

fn method_mistake(attribute: &Attribute) -> Option<String> {
    let name = attribute.path().get_ident()?.to_string();
    if super::argument::NAMES.contains(&name.as_str()) {
        return Some(if name == "header" {
            "`#[header]` marks an argument; write `#[headers(\"name: value\")]` for a header of the method".to_owned()
        } else {
            format!(
                "`#[{name}]` marks an argument; write it before the argument, `#[{name}] value: ..`"
            )
        });
    }
    if name == "publisher" {
        return Some(
            "`#[publisher]` stands on the trait; write a topic here, `#[topic(\"name\")]`"
                .to_owned(),
        );
    }
    if is_known(&name) {
        return None;
    }
    if let Some(meant) = spell::nearest(&name, METHOD) {
        return Some(format!("`#[{name}]` is not known; did you mean `#[{meant}]`?"));
    }
    HTTP.contains(&name.as_str()).then(|| format!("`#[{name}]` is read by `#[client]`, and an event goes to a topic; write `#[topic(\"name\")]`"))
}

fn trait_mistake(attribute: &Attribute) -> Option<String> {
    let name = last(attribute);
    if name == "async_trait" {
        return Some("`#[async_trait]` cannot stand on a publisher, whose futures are `Send` without it; take it away, and write `#[publisher(dyn)]` where the trait must be an object".to_owned());
    }
    if name == "client" || name == "publisher" {
        return Some(format!(
            "`#[{name}]` stands beside `#[publisher]`, and a trait is one of them, once; write it on a trait of its own"
        ));
    }
    if attribute.path().get_ident().is_none() || is_known(&name) {
        return None;
    }
    if name == "codec" || name == "cloud_events" {
        return Some(format!(
            "`{name}` of all methods is an option; write it into `#[feign::publisher({name} ..)]`"
        ));
    }
    if METHOD.contains(&name.as_str()) || super::argument::NAMES.contains(&name.as_str()) {
        return Some(format!("`#[{name}]` says nothing about a whole trait; write it on a method"));
    }
    (spell::nearest(&name, ["headers"]).is_some())
        .then(|| format!("`#[{name}]` is not known; did you mean `#[headers]`?"))
}

fn topic(attribute: &Attribute, errors: &mut Errors) -> Option<LitStr> {
    const FORM: &str = "#[topic(\"orders.created.v1\")]";
    let before = errors.len();
    match entries(attribute, FORM, errors).as_slice() {
        [Entry::Literal(Lit::Str(topic))] => return Some(topic.clone()),
        [] if errors.len() > before => {}
        [] => errors.add(attribute, format!("`#[topic]` names no topic; write `{FORM}`")),
        [other] => errors.add(other, format!("a topic is a string literal; write `{FORM}`")),
        [_, other, ..] => errors.add(other, format!("a method publishes to one topic; write `{FORM}`, and a second method for the second topic")),
    }
    None
}

fn codec(attribute: &Attribute, errors: &mut Errors) -> Option<Path> {
    const FORM: &str = "#[codec(feign::codec::MsgPack)]";
    let Meta::List(list) = &attribute.meta else {
        errors.add(attribute, format!("`#[codec]` names no codec; write `{FORM}`"));
        return None;
    };
    let path = syn::parse2(list.tokens.clone()).ok().and_then(|value| function(&value));
    if path.is_none() {
        errors.add(attribute, format!("a codec is a type, named by its path; write `{FORM}`"));
    }
    path
}

/// `#[headers("x-app: shop")]`: names keep their case, since brokers compare them so.
fn headers(attribute: &Attribute, into: &mut Vec<StaticHeader>, errors: &mut Errors) {
    const FORM: &str = "#[headers(\"name: value\")]";
    let before = errors.len();
    let entries = entries(attribute, FORM, errors);
    if entries.is_empty() && errors.len() == before {
        errors.add(attribute, format!("`#[headers]` is empty; write `{FORM}` or take it away"));
    }
    for entry in &entries {
        let Entry::Literal(Lit::Str(line)) = entry else {
            errors.add(entry, format!("a header is a string literal; write `{FORM}`"));
            continue;
        };
        let text = line.value();
        let Some((name, value)) = text.split_once(':') else {
            let shown = text.escape_debug();
            errors.add(line, format!("`{shown}` is no header, which is a name, a colon and a value; write `\"{shown}: value\"`"));
            continue;
        };
        if let Some(mistake) = header_mistake(name) {
            errors.add(line, mistake);
        } else if into.iter().any(|known| known.name == name) {
            errors.add(line, format!("the header `{name}` is said twice; write it once"));
        } else {
            into.push(StaticHeader {
                name: name.to_owned(),
                value: value.trim_matches([' ', '\t']).to_owned(),
            });
        }
    }
}

/// Says why this is no name of a header.
pub(crate) fn header_mistake(name: &str) -> Option<String> {
    if name.is_empty() {
        return Some("the header's name is empty; write `x-name`".to_owned());
    }
    let bad = name.contains(|sign: char| sign.is_control() || sign.is_whitespace());
    bad.then(|| format!("`{}` is not a header's name, which holds no spaces and no control characters; write `x-name`", name.escape_debug()))
}

impl CloudEvents {
    pub(crate) fn read(span: Span, entries: Vec<Entry>, errors: &mut Errors) -> Self {
        const FORM: &str = "cloud_events(type = \"com.acme.order.created\", source = \"/orders\")";
        let mut read = Self { span: Some(span), ..Self::default() };
        for entry in entries {
            let Entry::Pair { key, value } = &entry else {
                errors.add(&entry, format!("a CloudEvent has a type and a source; write `{FORM}`"));
                continue;
            };
            let slot = match key.to_string().as_str() {
                "type" => &mut read.ty,
                "source" => &mut read.source,
                name => {
                    let repair = spell::did_you_mean(
                        name,
                        ["type", "source"],
                        &format!(
                            "write `{FORM}`, and mark an argument `#[header(\"ce_{name}\")]` for another attribute"
                        ),
                    );
                    errors
                        .add(key, format!("`{name}` is not an option of `cloud_events`; {repair}"));
                    continue;
                }
            };
            match string(value).map(LitStr::value).filter(|text| !text.trim().is_empty()) {
                Some(text) => keep(slot, text, key, &format!("`{key}`"), errors),
                None => errors.add(
                    value,
                    format!("`{key}` is a string literal that is not empty; write `{FORM}`"),
                ),
            }
        }
        read
    }
}
