//! What of a request is shown to nobody: kept as it is filled, masked wherever it is shown.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::RequestBuilder;
use crate::log::MASK;
use crate::operation::Operation;

impl RequestBuilder {
    /// Begins or ends what is marked `#[sensitive]`.
    pub fn hide(&mut self, hides: bool) {
        self.hiding().is_on = hides;
    }

    pub(crate) fn hides(&self) -> bool {
        self.hiding.as_ref().is_some_and(|hiding| hiding.is_on)
    }

    pub(super) fn hiding(&mut self) -> &mut Hiding {
        self.hiding.get_or_insert_default()
    }

    /// Shows to nobody what stands in the URI from `start` on.
    #[cold]
    pub(crate) fn hide_from(&mut self, start: usize) {
        let end = self.uri.len();
        self.hiding().places.push(start..end);
    }

    /// Shows the body to nobody.
    #[cold]
    pub(crate) fn hide_body(&mut self) {
        self.hiding().body = true;
    }
}

/// What is hidden while a request is filled: apart, since few hide anything.
#[derive(Default)]
pub(super) struct Hiding {
    /// Whether what is pushed now is.
    pub(super) is_on: bool,
    /// Places in the URI.
    pub(super) places: Vec<Range<usize>>,
    pub(super) body: bool,
    pub(super) link: bool,
}

impl Hiding {
    #[cold]
    pub(super) fn of(&self, uri: &str) -> Arc<Hidden> {
        let Self { places, body, link, .. } = self;
        let (body, link) = (*body, *link);
        let target = link || !places.is_empty();
        Arc::new(Hidden { raw: uri.to_owned(), masked: masked(uri, places), body, link, target })
    }
}

/// What of a request is shown to nobody.
pub(crate) struct Hidden {
    /// Path and query as they were filled, and as they may be shown.
    raw: String,
    masked: String,
    pub(crate) body: bool,
    pub(crate) link: bool,
    /// Whether path or query hold a secret.
    pub(crate) target: bool,
}

impl Hidden {
    /// The path and query of a request as they may be shown. Of what a layer has made anew, only the
    /// template is known to hold no secret.
    pub(crate) fn target<'a>(
        &self,
        target: &'a str,
        operation: &'static Operation,
    ) -> Cow<'a, str> {
        if self.link {
            return operation.template().into();
        }
        if self.raw == self.masked {
            return target.into();
        }
        match target.strip_suffix(&*self.raw) {
            Some(before) => format!("{before}{}", self.masked).into(),
            None => operation.template().into(),
        }
    }
}

/// The same text without what is hidden in it.
fn masked(text: &str, hidden: &[Range<usize>]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut done = 0;
    for Range { start, end } in hidden {
        masked.push_str(text.get(done..*start).unwrap_or_default());
        masked.push_str(MASK);
        done = done.max(*end);
    }
    masked + text.get(done..).unwrap_or_default()
}

/// Shows nothing of it.
impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hidden")
    }
}
