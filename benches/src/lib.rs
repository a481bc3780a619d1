//! What the benches share.

mod inner_cargo;
mod marks;
mod table;

pub use self::{
    inner_cargo::{InnerCargo, target_dir, workspace},
    marks::Marks,
    table::Table,
};

/// What stops a bench.
pub type Result<T, E = Box<dyn std::error::Error + Send + Sync>> = std::result::Result<T, E>;
