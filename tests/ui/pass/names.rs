//! Names of the user's that generated code might have taken for itself.

#![allow(non_camel_case_types, reason = "types named like modules and locals are the point")]

use feign::{Error, Part};

/// Has methods named like the steps of generated code, for every type there is.
pub trait Everything: Sized {
    /// Takes nothing.
    fn reader(&self) {}
    /// Takes nothing.
    fn literal(&self) {}
    /// Takes nothing.
    fn encode(&self) {}
    /// Takes nothing.
    fn handle(&self) {}
    /// Takes nothing.
    fn client(&self) {}
    /// Takes nothing.
    fn whole(&self) {}
}
impl<T> Everything for T {}

/// Shadows what a prelude or generated code would name.
#[expect(dead_code, reason = "only their names matter")]
mod shadows {
    pub(super) struct Send;
    pub(super) struct Sync;
    pub(super) struct Option;
    pub(super) struct Box;
    pub(super) struct Future;
    pub(super) struct Clone;
    pub(super) struct String;
    pub(super) mod core {}
    pub(super) mod std {}
}

/// Everything a prelude has is hidden by types of the same name.
pub mod shadowed {
    #[allow(unused_imports, reason = "shadows")]
    use super::shadows::*;

    /// Uses none of them.
    #[feign::client(service = "shadowed", dyn, partial)]
    pub trait Shadowed {
        /// Returns some text.
        #[get("/items/{sku}{?page}")]
        async fn item(&self, sku: &str, page: u32) -> Result<::std::string::String, super::Error>;

        /// Sends a form.
        #[post("/form")]
        async fn form(
            &self,
            #[form] name: &str,
            #[form(display)] page: u32,
        ) -> Result<(), super::Error>;

        /// Sends parts.
        #[post("/parts")]
        #[codec(::feign::codec::JsonCodec)]
        async fn parts(
            &self,
            #[part] text: &str,
            #[part(json)] list: &[u32],
            #[part] bytes: ::std::vec::Vec<u8>,
        ) -> Result<::std::vec::Vec<u32>, super::Error>;
    }
}

/// Arguments with the names of locals.
#[feign::client(service = "names")]
pub trait Names {
    /// All of them at once.
    #[get(
        "/{request}/{client}/{probe}/{error}/{reader}/{presence}/{delivery}/{encoder}/{value}/{out}"
    )]
    #[expect(clippy::too_many_arguments, reason = "all of them at once")]
    async fn locals(
        &self,
        request: &str,
        client: &str,
        probe: &str,
        error: &str,
        reader: &str,
        presence: &str,
        delivery: &str,
        encoder: &str,
        value: &str,
        out: &str,
    ) -> Result<String, Error>;

    /// The same in a form.
    #[post("/form")]
    async fn form(&self, #[form] request: &str, #[form] form: &str) -> Result<String, Error>;

    /// The same in parts.
    #[post("/parts")]
    async fn parts(&self, #[part] request: &str, #[part] pusher: Part) -> Result<String, Error>;

    /// A keyword, as a method and as an argument.
    #[get("/{type}{?ref}")]
    async fn r#type(&self, r#type: &str, r#ref: u32) -> Result<String, Error>;

    /// Becomes the constant `NEW`.
    #[get("/new")]
    async fn new(&self) -> Result<String, Error>;

    /// Named like what the generated type has inside.
    #[get("/handle")]
    async fn handle(&self) -> Result<String, Error>;

    /// Named like what the generated type can do.
    #[get("/clone")]
    async fn clone_of(&self) -> Result<String, Error>;

    /// An argument that starts with an underscore is sent without it being used by name elsewhere.
    #[get("/plain")]
    async fn plain(&self, #[query("_")] _unused: u32) -> Result<String, Error>;
}
