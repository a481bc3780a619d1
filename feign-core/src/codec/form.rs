//! `application/x-www-form-urlencoded`, as WHATWG's URL standard writes it.

use serde::Serialize;

use super::tree::{self, Unshown};
use crate::template::{Allow, push_encoded};

pub(crate) const CONTENT_TYPE: &str = "application/x-www-form-urlencoded";

/// Writes a struct or a map: nested names are joined by `.`, a list repeats its name, what is absent is
/// left out.
pub(crate) fn encode<T: Serialize + ?Sized>(value: &T) -> Result<String, Unshown> {
    let mut form = String::with_capacity(128);
    tree::flatten(tree::of(value)?, &mut |name, text| push_pair(&mut form, name, text))?;
    Ok(form)
}

fn push_pair(form: &mut String, name: &str, text: &str) {
    if !form.is_empty() {
        form.push('&');
    }
    push_encoded(form, name, Allow::Form);
    form.push('=');
    push_encoded(form, text, Allow::Form);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[derive(Serialize)]
    struct Order {
        sku: &'static str,
        note: Option<&'static str>,
        sizes: Vec<u8>,
        to: Address,
    }

    #[derive(Serialize)]
    struct Address {
        street: &'static str,
    }

    #[test]
    fn fields_are_pairs() {
        let to = Address { street: "a+b ~*" };
        let order = Order { sku: "", note: None, sizes: vec![4, 2], to };
        assert_eq!(encode(&order).unwrap(), "sku=&sizes=4&sizes=2&to.street=a%2Bb+%7E*");
        assert_eq!(encode(&BTreeMap::from([("a b", "\r\n\0é")])).unwrap(), "a+b=%0D%0A%00%C3%A9");
        assert_eq!(encode(&BTreeMap::<u8, u8>::new()).unwrap(), "");
    }

    #[test]
    fn what_has_no_names_is_refused() {
        assert!(encode("text").is_err());
        assert!(encode(&[1, 2]).is_err());
        assert!(encode(&BTreeMap::from([("a", [[1]])])).is_err());
    }
}
