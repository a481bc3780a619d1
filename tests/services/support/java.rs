//! What Java makes for us: the programs of `tests/services/java`, with what they stand on.

use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::process::Command;
use tokio::time::Instant;

use super::{cache, tool};

const SOURCES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/services/java");

/// What one run of Maven fetches, and how its programs run.
#[derive(Debug)]
pub(crate) struct Project {
    /// Of the cache.
    place: &'static str,
    /// The first one is what Maven is given.
    poms: &'static [&'static str],
    memory: &'static str,
}

/// Of the folders `server` and `apps`.
pub(crate) static SPRING: Project = Project {
    place: "eureka",
    poms: &["pom.xml", "server/pom.xml", "apps/pom.xml"],
    memory: "-Xmx128m",
};

/// Of the folder `broker`.
#[cfg(feature = "kafka")]
pub(crate) static KAFKA: Project =
    Project { place: "kafka", poms: &["broker/pom.xml"], memory: "-Xmx256m" };

/// For a download of 90 MB; a cold one takes a quarter of a minute on two busy cores.
const FETCHING: Duration = Duration::from_secs(300);
/// For one run of a tool of the JDK.
const BUILDING: Duration = Duration::from_secs(60);

/// They start sooner and stay smaller: no second compiler, one thread that collects.
const FLAGS: [&str; 3] = ["-Xss512k", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"];

/// The programs of one folder; they share a class path.
#[derive(Clone, Debug)]
pub(crate) struct Java {
    project: &'static Project,
    module: &'static str,
    class_path: String,
    /// What the class path and the JVM are, in short.
    identity: String,
    /// The flag of the JVM for an archive of classes.
    archive: Option<String>,
}

const ARCHIVE: &str = "classes.jsa";

impl Java {
    /// Returns the programs of a folder, fetched and compiled if they are not there yet.
    pub(crate) async fn of(
        project: &'static Project,
        module: &'static str,
    ) -> Result<Self, String> {
        let version = tool::run(Command::new("java").arg("-version"), BUILDING).await?;
        let libraries = libraries(project).await?.join(module);
        let mut jars = vec![compiled(project, module, &libraries).await?];
        // The JVM compares the class path with that of the archive, entry by entry.
        jars.extend(files(&libraries)?);
        let jars: Vec<_> = jars.iter().map(|jar| jar.to_string_lossy()).collect();
        let class_path = jars.join(":");
        let identity = fingerprint(&[&class_path, &version]);
        Ok(Self { project, module, class_path, identity, archive: None })
    }

    /// Archives the classes that `run` loads, once: they start in two thirds of the time from then on.
    ///
    /// `run` starts one program of what it is given, and ends it in order.
    pub(crate) async fn archived(
        mut self,
        run: impl AsyncFnOnce(Self) -> Result<(), String>,
    ) -> Result<Self, String> {
        let name = format!("{}/{}-classes-{}", self.project.place, self.module, self.identity);
        let folder = cache::made(&name, async |folder| {
            let begin = Instant::now();
            let archive = folder.join(ARCHIVE);
            let flag = format!("-XX:ArchiveClassesAtExit={}", archive.display());
            run(Self { archive: Some(flag), ..self.clone() }).await?;
            if !archive.exists() {
                return Err(format!("no archive of the classes of `{}` was written", self.module));
            }
            say(&format!("an archive of the classes of `{}`", self.module), begin);
            Ok(())
        });
        let archive = folder.await?.join(ARCHIVE);
        self.archive = Some(format!("-XX:SharedArchiveFile={}", archive.display()));
        Ok(self)
    }

    /// The same without an archive.
    pub(crate) fn plain(&self) -> Self {
        Self { archive: None, ..self.clone() }
    }

    /// A command that runs the program with this main class.
    pub(crate) fn command(&self, main: &str) -> std::process::Command {
        let mut java = std::process::Command::new("java");
        // An archive that does not fit is left alone, without a word.
        java.arg(self.project.memory).args(FLAGS).args(&self.archive).arg("-Xlog:cds=off");
        java.arg("-cp").arg(&self.class_path).arg(main);
        java
    }
}

/// Returns a folder with the jars of each module.
async fn libraries(project: &Project) -> Result<PathBuf, String> {
    let poms: Vec<_> = project.poms.iter().map(|pom| Path::new(SOURCES).join(pom)).collect();
    let name = format!("{}/jars-{}", project.place, fingerprint(&contents(&poms)?));
    cache::made(&name, async |folder| {
        let begin = Instant::now();
        let repository = cache::folder()?.join("m2");
        let mut maven = Command::new("mvn");
        maven
            .args(["--batch-mode", "--quiet", "--file"])
            .arg(&poms[0])
            .arg(format!("-Dmaven.repo.local={}", repository.display()))
            .arg(format!("-Dfolder={}", folder.display()))
            .arg("dependency:copy-dependencies")
            .env("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        tool::run(&mut maven, FETCHING).await?;
        say("their jars", begin);
        Ok(())
    })
    .await
}

/// Returns the jar of a module's own classes and settings.
async fn compiled(project: &Project, module: &str, libraries: &Path) -> Result<PathBuf, String> {
    let own = Path::new(SOURCES).join(module);
    let mut sources = files(&Path::new(SOURCES).join("shared"))?;
    sources.extend(files(&own)?);
    let mut known = contents(&sources)?;
    known.push(libraries.to_string_lossy().into_owned());
    let name = format!("{}/{module}-{}", project.place, fingerprint(&known));
    let made = cache::made(&name, async |folder| {
        let (java, settings): (Vec<_>, Vec<_>) = sources
            .iter()
            .filter(|file| file.file_name().is_some_and(|name| name != "pom.xml"))
            .partition(|file| file.extension().is_some_and(|extension| extension == "java"));
        let classes = folder.join("classes");
        let mut javac = Command::new("javac");
        // Spring reads the names of parameters.
        javac.args(["-parameters", "-proc:none", "-cp"]).arg(libraries.join("*"));
        tool::run(javac.arg("-d").arg(&classes).args(java), BUILDING).await?;
        // An archive of classes knows jars, and no folders.
        let mut jar = Command::new("jar");
        jar.arg("--create")
            .arg("--file")
            .arg(folder.join("own.jar"))
            .arg("-C")
            .arg(&classes)
            .arg(".");
        for file in settings {
            jar.arg("-C").arg(&own).arg(file.file_name().unwrap_or_default());
        }
        tool::run(&mut jar, BUILDING).await.map(drop)
    });
    Ok(made.await?.join("own.jar"))
}

/// The files of a folder, in the order of their names.
fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let read = std::fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, _>>());
    let mut files = read.map_err(|error| format!("{}: {error}", folder.display()))?;
    files.sort();
    Ok(files)
}

fn contents(files: &[PathBuf]) -> Result<Vec<String>, String> {
    let read = |file: &PathBuf| {
        std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))
    };
    files.iter().map(read).collect()
}

pub(super) fn fingerprint(parts: &[impl Hash]) -> String {
    let mut hasher = DefaultHasher::new();
    for part in parts {
        part.hash(&mut hasher);
    }
    format!("{:016x}", hasher.finish())
}

fn say(what: &str, begin: Instant) {
    eprintln!("java: made {what} in {:.1} s", begin.elapsed().as_secs_f32());
}
