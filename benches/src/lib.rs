//! What the benches share.

mod callgrind;
mod inner_cargo;
mod marks;
mod table;
mod threads;

pub use self::{
    callgrind::{Cost, Program},
    inner_cargo::{InnerCargo, measured_program, target_dir, workspace},
    marks::Marks,
    table::Table,
    threads::{Threads, median},
};

/// What stops a bench.
pub type Result<T, E = Box<dyn std::error::Error + Send + Sync>> = std::result::Result<T, E>;
