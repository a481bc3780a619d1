//! What is allowed: a list of checks, one rule each.

use proc_macro2::Span;
use syn::Path;

use super::argument::{Argument, Role};
use super::method::Event;
use super::model::{Member, Publisher};
use super::topic::Piece;
use crate::errors::Errors;

/// Inherent functions of every publisher.
const RESERVED: [&str; 3] = ["asyncapi", "new", "with_settings"];
/// A constant of every publisher.
const DESCRIPTION: &str = "DESCRIPTION";

pub(crate) fn event(
    event: &Event<'_>,
    tombstone: Option<Span>,
    codec: Option<&Path>,
    errors: &mut Errors,
) {
    check_reserved(event, errors);
    check_body(event, tombstone, errors);
    check_once(event, errors);
    check_partition(event, errors);
    check_each(event, errors);
    check_headers(event, errors);
    check_codec(event, codec, errors);
    check_cloud_events(event, errors);
}

pub(crate) fn publisher(publisher: &Publisher<'_>, errors: &mut Errors) {
    check_qualifiers(publisher, errors);
    check_constants(publisher, errors);
    check_settings(publisher, errors);
    check_keys(publisher, errors);
    check_partitions(publisher, errors);
}

fn check_reserved(event: &Event<'_>, errors: &mut Errors) {
    let ident = &event.method.original.sig.ident;
    let name = &event.name;
    if RESERVED.contains(&name.as_str()) {
        errors.add(ident, format!("`{name}` is a function of every generated publisher and would hide this method; write another name, as `{name}_event`"));
    } else if event.constant == DESCRIPTION {
        errors.add(ident, format!("`{DESCRIPTION}` is a constant of every generated publisher and would be this event's; write another name, as `{name}_event`"));
    }
}

/// An event has one body, or says that it has none.
fn check_body(event: &Event<'_>, tombstone: Option<Span>, errors: &mut Errors) {
    let bodies: Vec<_> =
        event.arguments.iter().filter(|argument| argument.role == Some(Role::Body)).collect();
    let ident = &event.method.original.sig.ident;
    match (bodies.as_slice(), tombstone) {
        ([], None) if !event.arguments.iter().any(|argument| argument.bad) => errors.add(ident, format!("`{ident}` has no body; mark an argument `#[body]`, or write `#[tombstone]` above it for an event without one")),
        ([body, ..], Some(_)) => errors.add(body.attribute, "a tombstone has no body; write no argument `#[body]`, or take `#[tombstone]` away: an `Option` that is `None` is a tombstone too"),
        ([], Some(span)) if !event.is_keyed() => errors.add_at(span, "a tombstone says that its key is gone, so it has one; mark an argument `#[key]`"),
        ([_, more, ..], None) => errors.add(more.attribute, format!("`{ident}` has a body already; write one type that holds both")),
        _ => {}
    }
}

/// Everything but a header is said once.
fn check_once(event: &Event<'_>, errors: &mut Errors) {
    let once = [
        (Role::Key, "key"),
        (Role::PartitionKey, "partition_key"),
        (Role::Partition, "partition"),
        (Role::Timestamp, "timestamp"),
    ];
    for (role, word) in once {
        for more in event.arguments.iter().filter(|argument| argument.role == Some(role)).skip(1) {
            errors.add(
                more.attribute,
                format!("`{}` has a `#[{word}]` already; write it on one argument", event.name),
            );
        }
    }
    let mut seen: Vec<String> = Vec::new();
    for argument in event.arguments.iter().filter(|argument| argument.role == Some(Role::Topic)) {
        if seen.contains(&argument.hole()) {
            errors.add(argument.ident, format!("`{{{}}}` is filled by another argument already; write a placeholder of its own", argument.hole()));
        }
        seen.push(argument.hole());
    }
}

/// A partition is chosen by its number or by a key.
fn check_partition(event: &Event<'_>, errors: &mut Errors) {
    if let (Some(_), Some(key)) =
        (event.argument(Role::Partition), event.argument(Role::PartitionKey))
    {
        errors.add(key.attribute, "the partition is said by `#[partition]` already, so this does nothing; write one of the two");
    }
}

/// A batch has items, and its keys come from one place.
fn check_each(event: &Event<'_>, errors: &mut Errors) {
    let Some(body) = event.argument(Role::Body) else { return };
    match (&body.each, &body.key) {
        (None, Some(key)) => errors.add(key, "`key` makes the key of each item of a batch; mark the key's argument `#[key]`, or write `#[body(each, key = ..)]`"),
        (Some(_), Some(key)) if event.argument(Role::Key).is_some() => errors.add(key, "the key of all items is said by `#[key]` already; write one of the two"),
        _ => {}
    }
}

/// The same header is not written twice.
fn check_headers(event: &Event<'_>, errors: &mut Errors) {
    let mut seen: Vec<String> = Vec::new();
    for argument in event.arguments.iter().filter(|argument| argument.role == Some(Role::Header)) {
        let name = argument.header();
        if seen.contains(&name) {
            errors.add(argument.ident, format!("the header `{name}` is written by another argument already; write another name, `#[header(\"name\")]`"));
        }
        seen.push(name);
    }
}

fn check_codec(event: &Event<'_>, codec: Option<&Path>, errors: &mut Errors) {
    let sends = event
        .arguments
        .iter()
        .any(|argument: &Argument<'_>| argument.bad || argument.role == Some(Role::Body));
    if let Some(codec) = codec.filter(|_| !sends) {
        errors.add(codec, format!("`{}` has no body, so no codec can act; take `#[codec]` away, or mark an argument `#[body]`", event.name));
    }
}

/// A CloudEvent says what it is and where it comes from.
fn check_cloud_events(event: &Event<'_>, errors: &mut Errors) {
    let Some(cloud) = &event.cloud_events else { return };
    let Some(span) = cloud.span else { return };
    for (missing, word, example) in [
        (cloud.ty.is_none(), "type", "com.acme.order.created"),
        (cloud.source.is_none(), "source", "/orders"),
    ] {
        if missing {
            errors.add_at(span, format!("`{}` is a CloudEvent without a {word}; write `{word} = \"{example}\"` here, or `#[feign::publisher(cloud_events({word} = \"..\"))]` for all", event.name));
        }
    }
}

fn check_qualifiers(publisher: &Publisher<'_>, errors: &mut Errors) {
    if let Some(unsafety) = &publisher.original.unsafety {
        errors.add(
            unsafety,
            "a publisher is implemented by the macro and asks nothing unsafe; write `trait` alone",
        );
    }
    if let Some(auto) = &publisher.original.modifiers.auto_token {
        errors.add(auto, "an auto trait has no methods; write `trait` alone");
    }
}

/// Each event has a constant of its own.
fn check_constants(publisher: &Publisher<'_>, errors: &mut Errors) {
    let mut seen: Vec<(&syn::Ident, &str, bool)> = Vec::new();
    for event in publisher.events() {
        let chosen = !event.method.passing.everywhere.is_empty();
        let other =
            seen.iter().find(|(known, _, cfg)| **known == event.constant && !(*cfg && chosen));
        if let Some((constant, other, _)) = other {
            errors.add(&event.method.original.sig.ident, format!("`{other}` and `{}` would both be the constant `{constant}`; write another name for one of them", event.name));
        }
        seen.push((&event.constant, &event.name, chosen));
    }
    for member in &publisher.members {
        let Member::Const(constant) = member else { continue };
        let name = &constant.ident;
        if name == DESCRIPTION || seen.iter().any(|(known, ..)| *known == name) {
            errors.add(name, format!("the constant `{name}` of the trait and that of the generated publisher would be one; write another name for it"));
        }
    }
}

/// What is given when the publisher is made stands in some topic.
fn check_settings(publisher: &Publisher<'_>, errors: &mut Errors) {
    if publisher.events().any(|event| event.pieces.is_none()) {
        return;
    }
    for setting in &publisher.args.settings {
        let hole = Piece::Hole(crate::syntax::plain(setting));
        if !publisher
            .events()
            .any(|event| event.pieces.iter().flatten().any(|piece| *piece == hole))
        {
            errors.add(setting, format!("no topic here holds `{{{setting}}}`; write it into one, or take the setting away"));
        }
    }
}

/// Events of one topic all have a key, or none has: order is kept per key.
fn check_keys(publisher: &Publisher<'_>, errors: &mut Errors) {
    let whole = |event: &&Event<'_>| !event.method.broken && event.pieces.is_some();
    for event in publisher.events().filter(whole).filter(|event| !event.is_keyed()) {
        let other = publisher
            .events()
            .filter(whole)
            .find(|other| other.topic == event.topic && other.is_keyed());
        if let Some(other) = other {
            errors.add(&event.method.original.sig.ident, format!("`{}` sends a key to `{}` and `{}` sends none, so there is no order between them; mark an argument `#[key]` here too (an `Option` where there is none)", other.name, event.topic, event.name));
        }
    }
}

/// A topic is not written by number and by key: there is no order between the two.
fn check_partitions(publisher: &Publisher<'_>, errors: &mut Errors) {
    let numbered = |event: &Event<'_>| event.argument(Role::Partition).is_some();
    for event in publisher.events().filter(|event| event.pieces.is_some()) {
        let Some(partition) = event.argument(Role::Partition) else { continue };
        let other = publisher
            .events()
            .find(|other| other.topic == event.topic && !numbered(other) && other.is_keyed());
        if let Some(other) = other {
            errors.add(partition.attribute, format!("`{}` goes to `{}` by its key, and there is no order between that and a partition by number; mark a `#[partition_key]` here, or a `#[partition]` in both", other.name, event.topic));
        }
    }
}
