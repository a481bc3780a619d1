//! A method of the trait: an event if it has a topic, else a default method.

use syn::{Ident, Path, ReturnType, TraitItemFn, Type};

use super::args::Args;
use super::argument::{self, Argument, Role};
use super::attrs::{Attributes, CloudEvents, StaticHeader};
use super::model::Member;
use super::rules;
use super::topic::{self, Piece};
use crate::attrs::TextForm;
use crate::errors::Errors;
use crate::model::{Method, constant_name};
use crate::{spell, syntax, validate};

/// A method as something that is published.
pub(crate) struct Event<'a> {
    pub(crate) method: Method<'a>,
    /// Its name without `r#`.
    pub(crate) name: String,
    /// `CREATED`, the name of its constant.
    pub(crate) constant: Ident,
    /// The topic as it is written.
    pub(crate) topic: String,
    /// `None` after a mistake in it.
    pub(crate) pieces: Option<Vec<Piece>>,
    pub(crate) arguments: Vec<Argument<'a>>,
    pub(crate) headers: Vec<StaticHeader>,
    pub(crate) codec: Option<Path>,
    pub(crate) cloud_events: Option<CloudEvents>,
    /// The declared result.
    pub(crate) output: Option<&'a Type>,
}

impl<'a> Event<'a> {
    pub(crate) fn argument(&self, role: Role) -> Option<&Argument<'a>> {
        self.arguments.iter().find(|argument| argument.role == Some(role))
    }

    /// The argument whose items are one event each.
    pub(crate) fn each(&self) -> Option<&Argument<'a>> {
        self.argument(Role::Body).filter(|body| body.each.is_some())
    }

    /// Whether a key is sent, also one that is made of each item.
    pub(crate) fn is_keyed(&self) -> bool {
        self.argument(Role::Key).is_some() || self.each().is_some_and(|each| each.key.is_some())
    }

    pub(crate) fn is_fixed(&self) -> bool {
        self.pieces.iter().flatten().all(|piece| matches!(piece, Piece::Text(_)))
    }

    /// The argument that fills a placeholder.
    pub(crate) fn filling(&self, hole: &str) -> Option<&Argument<'a>> {
        let fills = |argument: &&Argument<'_>| {
            argument.role == Some(Role::Topic) && argument.hole() == hole
        };
        self.arguments.iter().find(fills)
    }
}

impl Argument<'_> {
    /// The placeholder that it fills, if it fills one.
    pub(crate) fn hole(&self) -> String {
        self.sent.as_ref().map_or_else(|| self.name.clone(), syn::LitStr::value)
    }
}

pub(crate) fn member<'a>(
    original: &'a TraitItemFn,
    args: &Args,
    errors: &mut Errors,
) -> Member<'a> {
    let before = errors.len();
    let attributes = Attributes::of_method(&original.attrs, errors);
    let name = &original.sig.ident;
    if original.default.is_some() {
        for attribute in &attributes.ours {
            let shown = attribute.path().get_ident().map(ToString::to_string).unwrap_or_default();
            errors.add(attribute.path(), format!("`{name}` has a body of its own and is never sent, so `#[{shown}]` does nothing; take it away, or write no body"));
        }
        check_default(original, errors);
        return Member::Default(Method { original, passing: attributes.passing, broken: false });
    }
    if !attributes.has_topic && !attributes.missed {
        errors.add(name, format!("`{name}` has no topic; write one above it, as `#[topic(\"orders.created.v1\")]`, or a body for a method of your own"));
    }
    let mut event = event(original, attributes, args, errors);
    event.method.broken = errors.len() > before;
    Member::Event(Box::new(event))
}

/// The arguments of a method of the user's own have no marks.
fn check_default(original: &TraitItemFn, errors: &mut Errors) {
    let name = &original.sig.ident;
    for input in &original.sig.inputs {
        let syn::FnArg::Typed(typed) = input else { continue };
        for attribute in typed.attrs.iter().filter(|attribute| argument::is_mark(attribute)) {
            errors.add(attribute, format!("`{name}` has a body of its own and is never sent, so its arguments have no marks; take this away, or write a topic and no body"));
        }
    }
}

fn event<'a>(
    original: &'a TraitItemFn,
    attributes: Attributes<'a>,
    args: &Args,
    errors: &mut Errors,
) -> Event<'a> {
    validate::shape(&original.sig, errors);
    validate::check_dynamic(&original.sig, "publisher", args.dynamic, errors);
    let output = output(original, errors);
    let arguments = argument::parse(&original.sig, errors);
    let topic = attributes.topic.as_ref().map(syn::LitStr::value).unwrap_or_default();
    let pieces = attributes.topic.as_ref().and_then(|text| match topic::cut(&text.value()) {
        Ok(pieces) => Some(pieces),
        Err(mistake) => {
            errors.add(text, mistake);
            None
        }
    });
    let codec = attributes.codec.clone().or_else(|| args.codec.clone());
    let mut event = Event {
        name: syntax::plain(&original.sig.ident),
        constant: constant_name(original),
        topic,
        pieces,
        arguments,
        headers: attributes.headers,
        codec,
        cloud_events: cloud_events(args.cloud_events.as_ref(), attributes.cloud_events.as_ref()),
        output,
        method: Method { original, passing: attributes.passing, broken: false },
    };
    place(&mut event, args, errors);
    if let Some(text) = &attributes.topic {
        check_holes(&event, text, args, errors);
    }
    rules::event(&event, attributes.tombstone, attributes.codec.as_ref(), errors);
    event
}

/// What is said of the method stands before what is said of all.
fn cloud_events(base: Option<&CloudEvents>, own: Option<&CloudEvents>) -> Option<CloudEvents> {
    let base = base.cloned().unwrap_or_default();
    let own = own.cloned().unwrap_or_default();
    let span = own.span.or(base.span);
    span.map(|_| CloudEvents { span, ty: own.ty.or(base.ty), source: own.source.or(base.source) })
}

/// Gives the arguments without a mark their place in the topic.
fn place(event: &mut Event<'_>, args: &Args, errors: &mut Errors) {
    let holes = |name: &str| {
        event.pieces.iter().flatten().any(|piece| *piece == Piece::Hole(name.to_owned()))
    };
    let in_topic: Vec<bool> =
        event.arguments.iter().map(|argument| holes(&argument.hole())).collect();
    let cut = event.pieces.is_some();
    for (argument, in_topic) in event.arguments.iter_mut().zip(in_topic) {
        let name = &argument.name;
        match argument.role {
            _ if argument.bad => {}
            None if in_topic => argument.role = Some(Role::Topic),
            None if cut => errors.add(argument.ident, format!("`{name}` has no place; write `{{{name}}}` into the topic, or mark it `#[body]`, `#[key]`, `#[header]`, `#[partition]` or `#[timestamp]`")),
            Some(Role::Topic) if cut && !in_topic => {
                let hole = argument.hole();
                errors.add(argument.attribute, format!("there is no `{{{hole}}}` in the topic; write it there, or another mark"));
            }
            Some(role) if role != Role::Topic && in_topic && role != Role::Header => {
                errors.add(argument.attribute, format!("`{name}` fills `{{{name}}}` of the topic and is marked, and an argument goes to one place; write another name in the braces, or no mark"));
            }
            _ => {}
        }
        if argument.role == Some(Role::Topic) {
            argument.form = argument.form.take().or_else(|| args.params.clone());
        } else if matches!(argument.role, Some(Role::Key | Role::PartitionKey | Role::Header)) {
            let form = argument.form.take();
            argument.form =
                form.or_else(|| args.params.clone().filter(|form| *form != TextForm::Serde));
        }
    }
}

/// Every placeholder is an argument or a setting.
fn check_holes(event: &Event<'_>, text: &syn::LitStr, args: &Args, errors: &mut Errors) {
    if event.arguments.iter().any(|argument| argument.bad) {
        return;
    }
    for piece in event.pieces.iter().flatten() {
        let Piece::Hole(name) = piece else { continue };
        // Told where its argument is marked.
        let marked = |argument: &Argument<'_>| {
            argument.name == *name
                && !matches!(argument.role, None | Some(Role::Topic | Role::Header))
        };
        if event.arguments.iter().any(marked) {
            continue;
        }
        match (event.filling(name), args.is_setting(name)) {
            (Some(argument), true) => errors.add(argument.ident, format!("`{name}` is a setting of this publisher and an argument of `{}`; write another name for one of them", event.name)),
            (None, false) => {
                let names = event.arguments.iter().map(|argument| argument.name.as_str());
                let settings: Vec<_> = args.settings.iter().map(ToString::to_string).collect();
                let repair = spell::did_you_mean(name, names.chain(settings.iter().map(String::as_str)), &format!("write an argument `{name}`, or `#[feign::publisher(settings({name}))]` for what is given when the publisher is made"));
                errors.add(text, format!("nothing fills `{{{name}}}`; {repair}"));
            }
            _ => {}
        }
    }
}

/// The result says how far the event goes.
fn output<'a>(original: &'a TraitItemFn, errors: &mut Errors) -> Option<&'a Type> {
    let name = &original.sig.ident;
    let ReturnType::Type(_, ty) = &original.sig.output else {
        errors.add(name, format!("`{name}` returns nothing, and a publish can fail; write `-> Result<Receipt, feign::publish::Error>`"));
        return None;
    };
    if let Some(span) = syntax::find_impl(ty) {
        errors.add_at(span, "`impl Trait` cannot be the result of a publish; write `Result<Receipt, feign::publish::Error>`");
    } else if let Some(span) = syntax::find_reference(ty) {
        errors.add_at(
            span,
            "a result owns what it holds; write `Result<Receipt, feign::publish::Error>`",
        );
    }
    Some(ty)
}
