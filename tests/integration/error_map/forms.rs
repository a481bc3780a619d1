//! The types it can be derived for, and the places where that is done.

use std::fmt::Debug;

use feign::{Error, ErrorMap, Json, StatusCode};
use serde::de::DeserializeOwned;

use super::answered;

#[derive(Debug, thiserror::Error, ErrorMap)]
#[error("{status:?} {code:?}")]
struct ApiError {
    status: Option<StatusCode>,
    #[header("x-code")]
    code: Option<u32>,
    detail: Option<Json<serde_json::Value>>,
    #[source]
    error: Error,
}

#[derive(Debug, thiserror::Error, ErrorMap)]
#[error(transparent)]
struct Wrapped(Error);

#[test]
fn a_struct_takes_every_error() {
    let error = ApiError::from(answered(418, r#"{"a": 1}"#).with_header("x-code", "7"));
    assert_eq!((error.status, error.code), (Some(StatusCode::IM_A_TEAPOT), Some(7)));
    assert_eq!(error.detail.map(|json| json.0["a"].clone()), Some(1.into()));
    assert_eq!(error.error.status(), Some(StatusCode::IM_A_TEAPOT));

    let error = ApiError::from(Error::timeout());
    assert!(error.status.is_none() && error.code.is_none() && error.detail.is_none());
    assert!(error.error.is_timeout());
    assert!(Wrapped::from(Error::connect()).0.is_connect());
}

#[derive(Debug, ErrorMap)]
enum Generic<T, const N: usize, H = u8>
where
    T: DeserializeOwned + Debug,
    H: std::str::FromStr,
{
    #[status(400)]
    Bad(Json<T>),
    #[status(401)]
    Head(#[header("x-code")] H),
    #[error_map(skip)]
    #[expect(dead_code, reason = "made by the caller, not by the map")]
    Own([u8; N]),
    #[otherwise]
    Other(Error, Option<Json<T>>),
}

/// Without a bound on the type, as serde takes it.
#[derive(Debug, ErrorMap)]
enum Bare<T> {
    #[status(400)]
    Bad(Json<T>),
    #[otherwise]
    Other(Error),
}

#[test]
fn generics_keep_their_bounds_and_get_those_of_their_fields() {
    let Generic::Bad(body) = Generic::<u8, 2>::from(answered(400, "7")) else { panic!() };
    assert_eq!(body.0, 7);
    let Generic::Head(code) = Generic::<u8, 2>::from(answered(401, "").with_header("x-code", "9"))
    else {
        panic!()
    };
    assert_eq!(code, 9);
    let Generic::Other(error, body) = Generic::<String, 2>::from(answered(400, "7")) else {
        panic!()
    };
    assert_eq!((error.body().len(), body.is_none()), (1, true));

    let Bare::Bad(body) = Bare::<Vec<u8>>::from(answered(400, "[7]")) else { panic!() };
    assert_eq!(body.0, [7]);
    let Bare::Other(error) = Bare::<u8>::from(answered(400, "-7")) else { panic!() };
    assert_eq!(error.body(), "-7");
}

#[derive(Debug, thiserror::Error, ErrorMap)]
#[non_exhaustive]
enum Thiserror {
    #[error("gone")]
    #[status(410)]
    Gone {},
    #[error("not now")]
    #[status(503)]
    NotNow(),
    #[error("disk")]
    #[error_map(skip)]
    Disk(#[from] std::io::Error),
    #[error(transparent)]
    #[otherwise]
    Other(Error),
}

#[test]
fn thiserror_stands_beside_it() {
    assert!(matches!(Thiserror::from(answered(410, "")), Thiserror::Gone {}));
    assert!(matches!(Thiserror::from(answered(503, "")), Thiserror::NotNow()));
    assert!(matches!(Thiserror::from(std::io::Error::other("full")), Thiserror::Disk(_)));
    let error = answered(404, "");
    let text = error.to_string();
    assert_eq!(Thiserror::from(error).to_string(), text);
    let by_question_mark = || -> Result<(), Thiserror> { Err(answered(410, ""))? };
    assert!(matches!(by_question_mark(), Err(Thiserror::Gone {})));
}

/// Nothing in scope but what the derive brings itself.
mod hygiene {
    #![no_implicit_prelude]
    #![expect(
        non_camel_case_types,
        dead_code,
        reason = "the names that generated code might take for its own"
    )]

    use ::feign as renamed;

    struct Option;
    struct Result;
    struct Some;
    struct From;
    struct Error;
    struct Json;
    struct error;
    struct rest;
    struct value;
    struct reason;
    struct unread;
    struct field_0;
    const RULES: u8 = 1;

    pub(super) mod inner {
        pub(crate) use ::feign as again;
    }

    #[derive(::feign::ErrorMap)]
    #[error_map(crate = crate::error_map::forms::hygiene::inner::again)]
    pub(super) enum Hygienic {
        #[status(400)]
        Bad(renamed::Json<::std::string::String>, #[header("x-code")] ::core::option::Option<u8>),
        #[status(429)]
        Busy {
            #[retry_after]
            error: ::core::option::Option<::core::time::Duration>,
            rest: ::std::string::String,
        },
        #[otherwise]
        Other { field_0: renamed::Error, r#type: ::core::option::Option<renamed::StatusCode> },
    }
}

#[test]
fn no_name_of_the_caller_is_in_its_way() {
    use hygiene::Hygienic;

    assert!(
        matches!(Hygienic::from(answered(400, "\"a\"")), Hygienic::Bad(Json(text), None) if text == "a")
    );
    let Hygienic::Busy { error, rest } = Hygienic::from(answered(429, "b")) else { panic!() };
    assert_eq!((error, rest.as_str()), (None, "b"));
    let Hygienic::Other { field_0, r#type } = Hygienic::from(answered(401, "")) else { panic!() };
    assert_eq!(
        (field_0.status(), r#type),
        (Some(StatusCode::UNAUTHORIZED), Some(StatusCode::UNAUTHORIZED))
    );
}

macro_rules! declare {
    ($name:ident, $status:literal, $pointer:literal, $code:literal, $body:ty) => {
        #[derive(Debug, ErrorMap)]
        #[code($pointer)]
        enum $name {
            #[status($status, code = $code)]
            Declared($body),
            #[otherwise]
            Other(Error),
        }
    };
}

declare!(ByMacro, 409, "/code", "A", String);

#[test]
fn it_can_be_written_by_a_macro() {
    assert!(
        matches!(ByMacro::from(answered(409, r#"{"code": "A"}"#)), ByMacro::Declared(body) if body.len() == 13)
    );
    assert!(
        matches!(ByMacro::from(answered(409, r#"{"code": "B"}"#)), ByMacro::Other(error) if error.body().len() == 13)
    );
}

#[test]
fn it_can_stand_in_a_function() {
    #[derive(ErrorMap)]
    enum Local {
        #[status(404)]
        #[deprecated]
        Missing,
        #[otherwise]
        Other(Error),
    }
    assert!(
        matches!(Local::from(answered(400, "")), Local::Other(error) if error.status().is_some())
    );
}

/// The expansion is as silent as the declaration: the lints are held by the clippy gate.
mod lints {
    #![deny(clippy::pedantic, clippy::nursery, clippy::all, warnings)]

    use std::time::Duration;

    #[derive(Debug, feign::ErrorMap)]
    #[code("/code")]
    pub(super) enum Silent {
        #[status(409, code = "A")]
        Typed(feign::Json<u8>, #[header("x-code")] u8),
        #[status(4xx)]
        Unit,
        #[status(503)]
        #[deprecated]
        Busy {
            #[retry_after]
            after: Option<Duration>,
            #[header]
            x_code: Option<String>,
        },
        #[otherwise]
        Other { error: Box<feign::Error>, status: Option<feign::StatusCode> },
    }

    #[derive(Debug, feign::ErrorMap)]
    pub(super) struct SilentStruct {
        pub(super) error: feign::Error,
        pub(super) body: feign::Bytes,
    }
}

#[test]
fn a_deprecated_variant_is_still_made() {
    use lints::{Silent, SilentStruct};

    let error = answered(409, r#"{"code": "A"}"#);
    assert!(
        matches!(Silent::from(error), Silent::Other { error, status: Some(_) } if error.body().len() == 13)
    );
    #[expect(deprecated)]
    let busy = |error| matches!(error, Silent::Busy { after: None, x_code: None });
    assert!(busy(answered(503, "").into()));
    let error = answered(409, r#"{"code": "A"}"#).with_header("x-code", "1");
    assert!(!matches!(Silent::from(error), Silent::Typed(Json(_), 1)));
    let error = SilentStruct::from(answered(404, "a"));
    assert_eq!(&error.body, error.error.body());
}
