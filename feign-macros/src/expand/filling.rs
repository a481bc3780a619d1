//! What the pushes of a method name.

use proc_macro2::{Ident, Span, TokenStream};

use crate::syntax;

/// What all pushes of a method name.
pub(super) struct Filling {
    pub(super) private: TokenStream,
    /// Our local: a name that no argument can hide.
    pub(super) request: Ident,
    /// What is named instead of JSON.
    pub(super) codec: Option<syn::Path>,
}

impl Filling {
    /// The path to the runtime, so that what it names is blamed at `span`.
    pub(super) fn private_at(&self, span: Span) -> TokenStream {
        syntax::respan(self.private.clone(), span)
    }
}
