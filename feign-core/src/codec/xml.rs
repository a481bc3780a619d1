//! XML, by quick-xml.

use bytes::Bytes;
use quick_xml::Reader;
use quick_xml::events::Event;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::pluggable::{Codec, Undecoded};
use crate::error::BoxError;

/// XML, as [quick-xml](https://docs.rs/quick-xml/latest/quick_xml/de/index.html) maps it to serde: the
/// root is named after the type, `#[serde(rename = "@id")]` is an attribute, `$text` the text.
///
/// Read as UTF-8; entities of a document's own are not expanded.
///
/// ```
/// # #[cfg(feature = "xml")] {
/// # #[derive(serde::Serialize)] struct Order { #[serde(rename = "@id")] id: u32, sku: String }
/// #[feign::client(service = "orders")]
/// trait Orders {
///     #[post("/orders")]
///     #[codec(feign::codec::Xml)]            // <Order id="7"><sku>A-1</sku></Order>
///     async fn order(&self, #[body] order: &Order) -> Result<(), feign::Error>;
/// }
/// # }
/// ```
#[derive(Debug)]
pub enum Xml {}

/// As deep as JSON may be; a type that holds itself would be read until the stack is full.
const MOST_DEEP: usize = 128;

impl Codec for Xml {
    const CONTENT_TYPE: &'static str = "application/xml";

    fn encode<T: Serialize + ?Sized>(value: &T) -> Result<Bytes, BoxError> {
        Ok(quick_xml::se::to_string(value)?.into())
    }

    fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Undecoded> {
        let text = std::str::from_utf8(bytes).map_err(Undecoded::new)?;
        check(text)?;
        quick_xml::de::from_str(text).map_err(Undecoded::new)
    }
}

/// Looks at the whole document before a type does: its depth, and that it is one element.
fn check(text: &str) -> Result<(), Undecoded> {
    let mut reader = Reader::from_str(text);
    let (mut depth, mut roots) = (0_usize, 0_usize);
    loop {
        let event = reader.read_event().map_err(Undecoded::new)?;
        let begins = matches!(event, Event::Start(_) | Event::Empty(_));
        roots += usize::from(begins && depth == 0);
        match event {
            Event::Start(_) if depth == MOST_DEEP => {
                return Err(Undecoded::new(format!(
                    "elements are nested more than {MOST_DEEP} deep"
                )));
            }
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Text(text) if depth == 0 && !text.trim_ascii().is_empty() => {
                return Err(Undecoded::new("text stands outside of the root element"));
            }
            Event::Eof if roots > 1 => {
                return Err(Undecoded::new("there is a second root element"));
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}
