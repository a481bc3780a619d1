//! A JSON array, item by item.

use memchr::memchr2;
use serde::de::DeserializeOwned;

use super::cut::{Cut, Found};
use super::items::{Items, is_blank};
use super::surface::surface;
use crate::codec::{Answer, FromBody};
use crate::error::{About, Error};

/// The items of a JSON array, each read when it is asked for: the array is never held.
///
/// As a result it is not buffered. `body_limit` limits each item, `idle_timeout` each wait. An item that
/// cannot be read is an error that names its number and the place in it, and the next one may be read
/// all the same; an array that is broken ends with an error.
///
/// ```no_run
/// # #[derive(serde::Deserialize)] struct Item { sku: String }
/// use feign::JsonArray;
///
/// #[feign::client]
/// trait Inventory {
///     #[get("/items")]
///     async fn items(&self) -> Result<JsonArray<Item>, feign::Error>;
/// }
///
/// # async fn print(inventory: &InventoryClient) -> Result<(), feign::Error> {
/// let mut items = inventory.items().await?;
/// while let Some(item) = items.next().await {
///     println!("{}", item?.sku);
/// }
/// # Ok(()) }
/// ```
///
/// A fake makes one by [`from_iter`](Self::from_iter). Dropping it closes the connection; once it has
/// ended, the connection is used again.
#[must_use = "a stream does nothing unless it is read"]
pub struct JsonArray<T>(Items<T>);

surface!(JsonArray, Items, T);

impl<T: DeserializeOwned> FromBody for JsonArray<T> {
    const BUFFERED: bool = false;
    const ACCEPT: Option<&'static str> = Some("application/json");
    const EMPTY_IS_NONE: bool = false;

    fn from_body(answer: Answer) -> Result<Self, Error> {
        Ok(Self(Items::read(answer, Box::new(Array::default()))))
    }
}

/// Finds the items of an array by strings and depth alone; what stands in an item is a matter of who
/// reads it. Nothing recurses, so that no depth is too deep.
#[derive(Default)]
struct Array {
    at: At,
    depth: usize,
    in_string: bool,
    escaped: bool,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum At {
    #[default]
    Start,
    /// Before the first item, or the end of an empty array.
    First,
    /// Before another item.
    Next,
    Item,
    End,
}

impl Cut for Array {
    fn find(&mut self, bytes: &[u8]) -> Found {
        if self.at == At::Item {
            return self.item(bytes);
        }
        let blank = bytes.iter().take_while(|byte| is_blank(byte)).count();
        match (self.at, bytes.get(blank)) {
            (_, None) if blank == 0 => Found::More,
            (_, None) => Found::Nothing(blank),
            (At::Start, Some(b'[')) => self.pass(At::First, blank + 1),
            (At::Start, _) => Found::Wrong("it is no JSON array"),
            (At::First, Some(b']')) => self.pass(At::End, blank + 1),
            (At::End, _) => Found::Wrong("something follows the array"),
            (At::First | At::Next | At::Item, _) => self.pass(At::Item, blank),
        }
    }

    fn end(&self, _: &[u8]) -> Result<bool, &'static str> {
        if self.at == At::End { Ok(false) } else { Err("the body ends before the array does") }
    }

    fn piece(&self, number: u64) -> About {
        match self.at {
            At::Start => About::Whole,
            _ => About::Item { noun: "item", number },
        }
    }
}

impl Array {
    fn pass(&mut self, at: At, length: usize) -> Found {
        self.at = at;
        Found::Nothing(length)
    }

    fn item(&mut self, bytes: &[u8]) -> Found {
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            if self.in_string {
                at += self.string(bytes.get(at..).unwrap_or_default());
                continue;
            }
            match byte {
                b'"' => self.in_string = true,
                b'[' | b'{' => self.depth += 1,
                b',' if self.depth == 0 => self.at = At::Next,
                b']' if self.depth == 0 => self.at = At::End,
                b']' | b'}' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
            if self.at != At::Item {
                return Found::until(Some(at));
            }
            at += 1;
        }
        Found::More
    }

    /// Goes on in a string, and returns how far.
    fn string(&mut self, bytes: &[u8]) -> usize {
        if std::mem::take(&mut self.escaped) {
            return 1;
        }
        let Some(at) = memchr2(b'"', b'\\', bytes) else { return bytes.len() };
        self.escaped = bytes.get(at) == Some(&b'\\');
        self.in_string = self.escaped;
        at + 1
    }
}
