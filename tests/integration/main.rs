//! Behaviour through the public API, over real sockets wherever bytes matter.

mod bad_input;
mod call;
mod codecs;
mod compression;
mod encoding;
mod error_map;
mod errors;
mod forms;
mod headers;
mod hub;
mod hygiene;
mod join;
mod layers;
mod links;
#[cfg(feature = "mock")]
mod mock;
mod multipart;
mod params;
mod properties;
mod redirects;
mod request_cases;
mod size;
mod streams;
mod support;
mod surface;
mod time;
mod uri_template;
