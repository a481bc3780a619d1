//! Behaviour through the public API, over real sockets wherever bytes matter.

mod call;
mod encoding;
mod error_map;
mod errors;
mod headers;
mod hub;
mod hygiene;
mod join;
mod layers;
mod links;
mod params;
mod redirects;
mod request_cases;
mod size;
mod support;
mod surface;
mod time;
mod uri_template;
