//! Rules for the signature of an operation.

use syn::{
    FnArg, GenericParam, Generics, Receiver, ReceiverKind, ReturnType, Safety, Signature, Type,
};

use crate::errors::Errors;
use crate::model::Scope;
use crate::syntax;

pub(crate) fn signature(signature: &Signature, scope: &Scope<'_>, errors: &mut Errors) {
    shape(signature, errors);
    check_output(signature, errors);
    check_dynamic(signature, "client", scope.dynamic, errors);
}

/// What holds for the methods of every annotated trait: `async`, `&self`, arguments that can be sent.
pub(crate) fn shape(signature: &Signature, errors: &mut Errors) {
    check_qualifiers(signature, errors);
    check_receiver(signature, errors);
    for input in &signature.inputs {
        if let FnArg::Typed(typed) = input {
            check_argument_type(&typed.ty, errors);
        }
    }
}

/// An operation is `async`, and nothing else.
fn check_qualifiers(signature: &Signature, errors: &mut Errors) {
    let name = &signature.ident;
    if let Some(constness) = &signature.constness {
        errors.add(
            constness,
            format!(
                "`{name}` goes over the network and cannot be `const`; write `async fn {name}`"
            ),
        );
        return;
    }
    if let Safety::Unsafe(unsafety) = &signature.safety {
        errors.add(
            unsafety,
            format!(
                "`{name}` is an operation, and calling it is always safe; write `async fn {name}`"
            ),
        );
    }
    if let Some(abi) = &signature.abi {
        errors.add(
            abi,
            format!("`{name}` is an operation and has no foreign ABI; write `async fn {name}`"),
        );
        return;
    }
    if signature.asyncness.is_none() {
        errors.add(signature.fn_token, format!("`{name}` is not async, and an operation waits for an answer; write `async fn {name}`"));
    }
}

/// Calls share the client, so they borrow it.
fn check_receiver(signature: &Signature, errors: &mut Errors) {
    let name = &signature.ident;
    match signature.inputs.first() {
        Some(FnArg::Receiver(receiver)) if is_shared(receiver) => {}
        Some(FnArg::Receiver(receiver)) => {
            errors.add(receiver, format!("`{name}` takes `{}`, and calls share the client; write `&self`", syntax::show(receiver)));
        }
        _ => errors.add(name, format!("`{name}` has no `self`, so there is no client to call; write `&self` as its first argument")),
    }
}

pub(crate) fn is_shared(receiver: &Receiver) -> bool {
    matches!(&receiver.kind, ReceiverKind::Reference(_, _, None)) && receiver.mutability.is_none()
}

/// An argument has a type with a name, and is not changed.
fn check_argument_type(ty: &Type, errors: &mut Errors) {
    if let Some(span) = syntax::find_impl(ty) {
        errors.add_at(span, "`impl Trait` cannot be an argument of an operation; name the type, or write `<T: Trait + Send>`");
        return;
    }
    if let Some(reference) = syntax::reference(ty)
        && reference.mutability.is_some()
    {
        errors.add(
            ty,
            format!(
                "an argument is sent and never changed; write `&{}`",
                syntax::show(&reference.elem)
            ),
        );
    }
}

/// The result is a `Result` of types that own what they hold.
fn check_output(signature: &Signature, errors: &mut Errors) {
    let name = &signature.ident;
    let ty = match &signature.output {
        ReturnType::Default => {
            errors.add(name, format!("`{name}` returns nothing, and a call can fail; write `-> Result<(), feign::Error>`"));
            return;
        }
        ReturnType::Type(_, ty) => ty,
    };
    if is_no_result(ty) {
        let shown = syntax::show(ty);
        errors.add(ty, format!("`{name}` returns `{shown}`, and a call can fail; write `-> Result<{shown}, feign::Error>`"));
    } else if let Some(span) = syntax::find_impl(ty) {
        errors.add_at(span, "`impl Trait` cannot be the result of an operation; name the type, such as `Body` for a stream of bytes or your own type by `feign::FromBody`, or write `<T: serde::de::DeserializeOwned>`");
    } else if let Some(span) = syntax::find_reference(ty) {
        errors.add_at(span, "a result owns what it holds, since the answer is gone when the call returns; write `String` for `&str`, `Vec<T>` for `&[T]`, `T` for `&T`");
    }
}

/// Types that everybody knows to be no `Result`; the compiler decides about all others.
const NO_RESULTS: [&str; 22] = [
    "Option",
    "String",
    "Vec",
    "Box",
    "Arc",
    "Body",
    "Bytes",
    "Json",
    "Response",
    "bool",
    "char",
    "str",
    "u8",
    "u16",
    "u32",
    "u64",
    "usize",
    "i32",
    "i64",
    "f32",
    "f64",
    "StatusCode",
];

pub(crate) fn is_no_result(ty: &Type) -> bool {
    match syntax::peel(ty) {
        Type::Path(path) => {
            let first = path.path.segments.first().map(|first| first.ident.to_string());
            let known = matches!(first.as_deref(), Some("std" | "core" | "alloc" | "feign"));
            (known || path.path.segments.len() == 1)
                && path
                    .path
                    .segments
                    .last()
                    .is_some_and(|last| NO_RESULTS.iter().any(|name| last.ident == name))
        }
        Type::Array(_) | Type::Slice(_) | Type::Tuple(_) | Type::Never(_) => true,
        _ => false,
    }
}

/// A trait object cannot have methods for every type.
pub(crate) fn check_dynamic(
    signature: &Signature,
    word: &str,
    dynamic: Option<proc_macro2::Span>,
    errors: &mut Errors,
) {
    if dynamic.is_none() || is_sized_only(&signature.generics) {
        return;
    }
    let param =
        signature.generics.params.iter().find(|param| !matches!(param, GenericParam::Lifetime(_)));
    if let Some(param) = param {
        errors.add(param, format!("a method with type parameters cannot be in `#[{word}(dyn)]`; take `dyn` away, name the type, or write `where Self: Sized`"));
    }
}

/// `where Self: Sized` keeps a method out of trait objects.
pub(crate) fn is_sized_only(generics: &Generics) -> bool {
    let Some(clause) = &generics.where_clause else { return false };
    clause.predicates.iter().any(|predicate| match predicate {
        syn::WherePredicate::Type(predicate) => {
            let sized = predicate.bounds.iter().any(|bound| match bound {
                syn::TypeParamBound::Trait(bound) => {
                    bound.maybe.is_none()
                        && bound.path.segments.last().is_some_and(|last| last.ident == "Sized")
                }
                _ => false,
            });
            sized && matches!(&predicate.bounded_ty, Type::Path(path) if path.path.is_ident("Self"))
        }
        _ => false,
    })
}
