//! `#[sensitive]`: alone on an argument, or beside its mark.

use syn::Attribute;

use super::entry::entries;
use crate::errors::Errors;

pub(super) const NAME: &str = "sensitive";

/// Says that no log and no error shows an argument.
pub(crate) struct Sensitive;

impl Sensitive {
    pub(crate) fn is(attribute: &Attribute) -> bool {
        attribute.path().is_ident(NAME)
    }

    pub(crate) fn read(attribute: &Attribute, errors: &mut Errors) -> Self {
        for entry in entries(attribute, "#[sensitive]", errors) {
            errors.add(entry, "`#[sensitive]` takes nothing; write `#[sensitive]` alone");
        }
        Self
    }
}
