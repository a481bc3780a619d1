//! What the data of an event is read as.

use crate::error::BoxError;

/// The data of an event: `String` as it came and, with the feature `json`, whatever serde can
/// deserialise from JSON. [`Json<String>`](crate::Json) reads a JSON string.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the data of an event",
    label = "not the data of an event",
    note = "help: write `String`, or derive `serde::Deserialize` for it (with the feature `json`)"
)]
pub trait EventData: Sized {
    /// May take the text, which is not used again.
    #[doc(hidden)]
    fn read(text: &mut String) -> Result<Self, BoxError>;
}

#[cfg(feature = "json")]
#[diagnostic::do_not_recommend]
impl<T: serde::de::DeserializeOwned + 'static> EventData for T {
    fn read(text: &mut String) -> Result<Self, BoxError> {
        let mut raw = None::<Self>;
        if let Some(raw) = (&mut raw as &mut dyn std::any::Any).downcast_mut() {
            *raw = Some(std::mem::take(text));
        }
        match raw {
            Some(raw) => Ok(raw),
            None => Ok(serde_json::from_str(text)?),
        }
    }
}

#[cfg(not(feature = "json"))]
impl EventData for String {
    fn read(text: &mut String) -> Result<Self, BoxError> {
        Ok(std::mem::take(text))
    }
}
