//! What every module of scenes stands on: real systems, started on free ports and killed when their
//! scenes are over.

mod cache;
pub(crate) mod eureka;
mod folder;
pub(crate) mod go;
mod helper;
pub(crate) mod java;
pub(crate) mod node;
mod port;
mod process;
mod scene;
pub(crate) mod spring;
pub(crate) mod tool;
mod wait;

pub(crate) use folder::Folder;
pub(crate) use helper::{helper, this};
pub(crate) use port::free_port;
pub(crate) use process::Process;
pub(crate) use scene::{Scene, System, scenes, trials};
pub(crate) use wait::{until, until_listening};
