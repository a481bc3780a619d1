//! What Go makes for us: programs of modules, and a certificate.

use std::io::ErrorKind;
use std::path::PathBuf;
use std::process::Output;
use std::time::Duration;

use tokio::process::Command;
use tokio::time::timeout;

use super::cache;

/// For a download and a build; a cold one takes a minute on two busy cores.
const LIMIT: Duration = Duration::from_secs(300);

/// Returns the program of a package, built if it is not there yet.
///
/// The version is said in full: `latest` of some modules is an old one.
pub(crate) async fn install(package: &str, version: &str) -> Result<PathBuf, String> {
    let name = package.rsplit('/').next().unwrap_or(package);
    let kept = format!("{name}-{version}");
    let folder = cache::made(&kept, async |folder| {
        let package = format!("{package}@{version}");
        // Writable modules, so that whoever owns the cache can delete it.
        let arguments = ["install", "-modcacherw", "-trimpath", "-ldflags=-s -w", &package];
        run(command(&arguments)?.env("GOBIN", folder)).await.map(drop)
    });
    Ok(folder.await?.join(name))
}

/// Returns a folder with `cert.pem`, which is for 127.0.0.1, signed by itself and good for ten years, and
/// its `key.pem`. Go ships the program that makes them.
pub(crate) async fn certificate() -> Result<PathBuf, String> {
    cache::made("certificate-127.0.0.1", async |folder| {
        let root = run(&mut command(&["env", "GOROOT"])?).await?;
        let program = format!("{}/src/crypto/tls/generate_cert.go", root.trim());
        let arguments = ["-host=127.0.0.1", "-ecdsa-curve=P256", "-duration=87600h"];
        run(command(&["run", &program])?.args(arguments).current_dir(folder)).await.map(drop)
    })
    .await
}

fn command(arguments: &[&str]) -> Result<Command, String> {
    let cache = cache::folder()?;
    let mut go = Command::new("go");
    go.args(arguments)
        .env("GOPATH", cache.join("go"))
        .env("GOCACHE", cache.join("go-build"))
        .env("CGO_ENABLED", "0")
        // The `go` that is installed, or an error that says that it is too old.
        .env("GOTOOLCHAIN", "local")
        .kill_on_drop(true);
    Ok(go)
}

/// Runs it to its end and returns what it printed.
async fn run(go: &mut Command) -> Result<String, String> {
    let ended = timeout(LIMIT, go.output()).await;
    let outcome = match ended {
        Err(_) => Err(format!("not done within {LIMIT:?}")),
        Ok(Ok(output)) if output.status.success() => Ok(output),
        Ok(Ok(output)) => Err(why(&output)),
        Ok(Err(error)) if error.kind() == ErrorKind::NotFound => {
            Err("`go` is not installed".to_owned())
        }
        Ok(Err(error)) => Err(error.to_string()),
    };
    match outcome {
        Ok(output) => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        Err(why) => {
            let words = go.as_std().get_args().map(|word| word.to_string_lossy());
            Err(format!("`go {}`: {why}", words.collect::<Vec<_>>().join(" ")))
        }
    }
}

/// Go says the cause last.
fn why(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    let last = said.lines().rfind(|line| !line.trim().is_empty());
    last.map_or_else(|| output.status.to_string(), |line| line.trim().to_owned())
}
