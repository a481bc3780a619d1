//! The generated workspace: crates of the same types, without calls, with calls by hand, with
//! declared calls.

use crate::{
    api::RESOURCES,
    source::{by_hand, declared, only_types},
};
use feign_benches::{InnerCargo, Result, workspace};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// What is measured, the two baselines first.
pub(crate) const CRATES: [Crate; 4] = [
    Crate { name: "empty", title: "empty", source: |_| String::new() },
    Crate { name: "types", title: "the types, read and written", source: only_types },
    Crate { name: "by-hand", title: "150 calls by hand, reqwest", source: by_hand },
    Crate { name: "declared", title: "150 declared methods", source: declared },
];

pub(crate) struct Crate {
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    /// The source of one resource's module.
    source: fn(&str) -> String,
}

pub(crate) struct Project {
    folder: PathBuf,
    pub(crate) cargo: InnerCargo,
}

impl Project {
    /// Writes the workspace, with the versions of our own lock.
    pub(crate) fn write(folder: &Path) -> Result<Self> {
        let project = Self {
            folder: folder.to_owned(),
            cargo: InnerCargo::new(folder, &folder.join("target")),
        };
        fs::create_dir_all(folder)?;
        fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock"))?;
        fs::write(folder.join("Cargo.toml"), workspace_manifest())?;
        CRATES.iter().try_for_each(|krate| project.write_crate(krate))?;
        Ok(project)
    }

    fn write_crate(&self, krate: &Crate) -> Result<()> {
        let sources = self.folder.join(krate.name).join("src");
        fs::create_dir_all(&sources)?;
        fs::write(self.folder.join(krate.name).join("Cargo.toml"), crate_manifest(krate.name))?;
        for resource in RESOURCES {
            let file = sources.join(format!("{}.rs", resource.to_lowercase()));
            fs::write(file, (krate.source)(resource))?;
        }
        self.touch(krate)
    }

    /// Makes the crate alone look changed.
    pub(crate) fn touch(&self, krate: &Crate) -> Result<()> {
        let modules: String =
            RESOURCES.map(|resource| format!("pub mod {};\n", resource.to_lowercase())).concat();
        Ok(fs::write(self.folder.join(krate.name).join("src/lib.rs"), modules)?)
    }
}

/// All crates depend on the same, so that their dependencies are built once and alike.
fn workspace_manifest() -> String {
    format!(
        r#"[workspace]
members = {:?}
resolver = "3"

[workspace.dependencies]
feign = {{ path = {:?}, default-features = false, features = ["json", "reqwest"] }}
reqwest = {{ version = "0.13.5", default-features = false, features = ["json", "query"] }}
serde = {{ version = "1", features = ["derive"] }}
serde_json = "1"
"#,
        CRATES.map(|krate| krate.name),
        workspace()
    )
}

fn crate_manifest(name: &str) -> String {
    format!(
        r#"[package]
name = "{name}"
version = "0.0.0"
edition = "2024"

[dependencies]
feign.workspace = true
reqwest.workspace = true
serde.workspace = true
serde_json.workspace = true
"#
    )
}
