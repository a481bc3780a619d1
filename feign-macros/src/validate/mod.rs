//! What is allowed: a list of checks, one rule each. They read the model and never change it.

mod arguments;
mod client;
mod names;
mod operation;
mod signature;

pub(crate) use arguments::marks;
pub(crate) use client::client;
pub(crate) use operation::{codec, operation};
pub(crate) use signature::{
    check_dynamic, is_no_result, is_shared, is_sized_only, shape, signature,
};
