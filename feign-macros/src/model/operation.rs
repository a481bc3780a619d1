//! A method of the trait: an operation if it has a verb, else a default method.

use syn::{FnArg, LitStr, ReturnType, Signature, TraitItemFn};

use super::arguments::{self, Parsed};
use super::{Member, Method, Operation, Output, Scope, client, placing};
use crate::attrs::{MarkKind, MethodAttributes, Route, RoutePath};
use crate::errors::Errors;
use crate::syntax;
use crate::template::{self, Sections};
use crate::validate;

pub(crate) fn member<'a>(
    original: &'a TraitItemFn,
    scope: &Scope<'_>,
    errors: &mut Errors,
) -> Member<'a> {
    let before = errors.len();
    let mut attributes = MethodAttributes::read(&original.attrs, errors);
    let routes = std::mem::take(&mut attributes.routes);
    match (choose(original, routes, errors), &original.default) {
        (Some(route), None) => {
            let mut operation = operation(original, &route, attributes, scope, errors);
            operation.method.broken = errors.len() > before;
            Member::Operation(Box::new(operation))
        }
        (Some(route), Some(_)) => {
            let name = &original.sig.ident;
            errors.add(route.attribute, format!("`{name}` has a verb and a body, and can only have one of them; write the body into a method of its own, or take it away"));
            Member::Default(Method { original, passing: attributes.passing, broken: false })
        }
        (None, default) => {
            if default.is_some() {
                check_default(original, &attributes, errors);
            } else {
                check_without_verb(original, attributes.missed, scope, errors);
            }
            let broken = default.is_none();
            Member::Default(Method { original, passing: attributes.passing, broken })
        }
    }
}

/// Takes the first route; more than one is a mistake.
fn choose<'a>(
    original: &TraitItemFn,
    routes: Vec<Route<'a>>,
    errors: &mut Errors,
) -> Option<Route<'a>> {
    let mut routes = routes.into_iter();
    let first = routes.next();
    for more in routes {
        let name = &original.sig.ident;
        errors.add(
            more.attribute,
            format!("`{name}` has a verb already; write a second method for the second verb"),
        );
    }
    first
}

/// Nearly an operation: what can be said without a verb is said.
fn check_without_verb(
    original: &TraitItemFn,
    missed: bool,
    scope: &Scope<'_>,
    errors: &mut Errors,
) {
    if missed {
        validate::signature(&original.sig, scope, errors);
    } else {
        let name = &original.sig.ident;
        errors.add(name, format!("`{name}` has no verb; write one above it, as `#[get(\"/path\")]`, or a body for a method of your own"));
    }
    if original.sig.asyncness.is_some() {
        arguments::parse(&original.sig, errors);
    }
}

/// A method with a body of its own is never sent.
fn check_default(original: &TraitItemFn, attributes: &MethodAttributes<'_>, errors: &mut Errors) {
    let name = &original.sig.ident;
    for attribute in &attributes.others {
        let path = attribute.path();
        let shown = path.get_ident().map(ToString::to_string).unwrap_or_default();
        errors.add(path, format!("`{name}` has a body of its own and is never sent, so `#[{shown}]` does nothing; take it away, or write a verb and no body"));
    }
    for input in &original.sig.inputs {
        let FnArg::Typed(typed) = input else { continue };
        for attribute in &typed.attrs {
            if arguments::is_mark(attribute) {
                errors.add(attribute, format!("`{name}` has a body of its own and is never sent, so its arguments have no marks; take this away, or write a verb and no body"));
            }
        }
    }
}

fn operation<'a>(
    original: &'a TraitItemFn,
    route: &Route<'a>,
    attributes: MethodAttributes<'a>,
    scope: &Scope<'_>,
    errors: &mut Errors,
) -> Operation<'a> {
    validate::signature(&original.sig, scope, errors);
    let parsed = arguments::parse(&original.sig, errors);
    let incomplete = parsed.len() < typed(&original.sig);
    let link = parsed.iter().any(|argument| argument.is_marked(MarkKind::Url));
    let template = template(route, original, link, scope, errors);
    validate::marks(route, &parsed, errors);
    let (arguments, bindings) = {
        let place = placing::Place {
            template: template.as_ref(),
            link,
            scope,
            original,
            path: path(route),
            incomplete,
        };
        placing::place(parsed, &place, errors)
    };
    let idempotent = attributes.idempotent;
    let codec = attributes.codec.clone();
    let verb = route.verb.clone();
    let operation = Operation {
        name: syntax::plain(&original.sig.ident),
        constant: client::constant_name(original),
        idempotent: idempotent.is_some()
            || verb.as_ref().is_some_and(crate::attrs::Verb::is_idempotent),
        codec: attributes.codec.or_else(|| scope.codec.clone()),
        log: attributes.log,
        key: idempotent.as_ref().and_then(|idempotent| idempotent.key.clone()),
        verb,
        path: path(route).cloned(),
        template,
        arguments,
        bindings,
        settings: attributes.settings,
        output: output(original),
        method: Method { original, passing: attributes.passing, broken: false },
    };
    validate::operation(&operation, idempotent.as_ref(), scope, errors);
    validate::codec(&operation, codec.as_ref(), errors);
    operation
}

/// The number of arguments but `self`.
fn typed(signature: &Signature) -> usize {
    signature.inputs.iter().filter(|input| matches!(input, FnArg::Typed(_))).count()
}

fn output(original: &TraitItemFn) -> Output<'_> {
    match &original.sig.output {
        ReturnType::Default => Output::Unit,
        ReturnType::Type(_, ty) => Output::Type(ty),
    }
}

const fn path<'a>(route: &'a Route<'_>) -> Option<&'a LitStr> {
    match &route.path {
        RoutePath::Text(text) => Some(text),
        RoutePath::None | RoutePath::Bad => None,
    }
}

/// Cuts the path and joins it to the trait's; `None` for a link, or after a mistake.
fn template(
    route: &Route<'_>,
    original: &TraitItemFn,
    link: bool,
    scope: &Scope<'_>,
    errors: &mut Errors,
) -> Option<Sections> {
    match &route.path {
        RoutePath::Bad => None,
        RoutePath::Text(text) => {
            let own = cut(text, errors).filter(|_| !scope.base_is_bad && !link)?;
            Some(scope.base.as_ref().map_or_else(|| own.clone(), |base| own.clone().below(base)))
        }
        RoutePath::None if link || scope.base_is_bad => None,
        RoutePath::None => {
            if scope.base.is_none() {
                let name = &original.sig.ident;
                errors.add(route, format!("`{name}` has no path; write one, as `#[get(\"/path\")]`, or mark an argument `#[url]` that brings a whole link"));
            }
            scope.base.as_ref().map(Sections::of)
        }
    }
}

fn cut(text: &LitStr, errors: &mut Errors) -> Option<Sections> {
    let path = text.value();
    let mut mistakes = Vec::new();
    let template = template::cut(&path, &mut mistakes);
    if mistakes.is_empty() {
        template::check_path(&path, &template, &mut mistakes);
    }
    let good = mistakes.is_empty();
    for mistake in mistakes {
        errors.add(text, mistake);
    }
    good.then(|| Sections::of(&template))
}

impl Parsed<'_> {
    pub(crate) fn is_marked(&self, kind: MarkKind) -> bool {
        self.kinds.contains(&kind)
    }
}
