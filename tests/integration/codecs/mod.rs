//! Codecs of clients and of methods.

mod chosen;
mod msgpack;
mod once;
mod xml;
