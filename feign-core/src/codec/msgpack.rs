//! MessagePack, by rmp-serde.

use bytes::Bytes;
use rmp_serde::Deserializer;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::pluggable::{Codec, Undecoded};
use crate::error::BoxError;

/// MessagePack: structs are written as maps of their fields' names, so that both sides may add fields.
///
/// ```
/// # #[cfg(feature = "msgpack")] {
/// # #[derive(serde::Deserialize)] struct Item { sku: String }
/// #[feign::client(service = "inventory", codec = feign::codec::MsgPack)]
/// trait Inventory {
///     #[get("/items/{sku}")]
///     async fn item(&self, sku: &str) -> Result<Item, feign::Error>;
/// }
/// # }
/// ```
#[derive(Debug)]
pub enum MsgPack {}

/// As deep as JSON may be; a type that holds itself would be read until the stack is full.
const MOST_DEEP: usize = 128;
/// `nil`
const NIL: u8 = 0xc0;

impl Codec for MsgPack {
    /// As it is registered with IANA; a server that knows an older name wants `#[headers(..)]`.
    const CONTENT_TYPE: &'static str = "application/vnd.msgpack";

    fn encode<T: Serialize + ?Sized>(value: &T) -> Result<Bytes, BoxError> {
        Ok(rmp_serde::to_vec_named(value)?.into())
    }

    fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Undecoded> {
        let mut rest = bytes;
        let mut reader = Deserializer::new(&mut rest);
        reader.set_max_depth(MOST_DEEP);
        let value = T::deserialize(&mut reader).map_err(Undecoded::new)?;
        match rest.len() {
            0 => Ok(value),
            more => Err(Undecoded::new(format!("{more} bytes follow the value"))),
        }
    }

    fn is_null(bytes: &[u8]) -> bool {
        bytes == [NIL]
    }
}
