//! Where what was downloaded and built is kept, so that the next run takes seconds.

use std::path::{Path, PathBuf};

/// `$FEIGN_CACHE`, `~/.cache/feign` where that is not set: the folder of `.ci/run`.
pub(crate) fn folder() -> Result<PathBuf, String> {
    let folder = std::env::var_os("FEIGN_CACHE")
        .filter(|said| !said.is_empty())
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cache").join("feign")))
        .ok_or("there is no home folder for a cache; say FEIGN_CACHE")?;
    // Tools that run in folders of their own are told of it too.
    std::path::absolute(&folder).map_err(|error| format!("{}: {error}", folder.display()))
}

/// Returns a folder of the cache, which `make` fills if it is not there yet.
///
/// It is filled beside its place and moved: one that was ended half-way leaves nothing behind. The name
/// says all that it depends on.
pub(crate) async fn made(
    name: &str,
    make: impl AsyncFnOnce(&Path) -> Result<(), String>,
) -> Result<PathBuf, String> {
    let services = folder()?.join("services");
    let place = services.join(name);
    if place.exists() {
        return Ok(place);
    }
    let making = services.join(format!("{name}.{}", std::process::id()));
    let says = |error: std::io::Error| format!("{}: {error}", making.display());
    std::fs::create_dir_all(&making).map_err(says)?;
    let outcome = make(&making).await.and_then(|()| match std::fs::rename(&making, &place) {
        Err(error) if !place.exists() => Err(says(error)),
        // Another run was faster, or we were.
        _ => Ok(place),
    });
    // Gone already, if all went well.
    _ = std::fs::remove_dir_all(&making);
    outcome
}
