//! Scenes as tests.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use libtest_mimic::{Completion, Failed, Trial};
use tokio::runtime::Builder;
use tokio::sync::OnceCell;
use tokio::time::error::Elapsed;
use tokio::time::{Instant, timeout};

/// A system that the scenes of a module share. It is stopped when it is dropped.
pub(crate) trait System: Sized + Send + Sync + 'static {
    /// Starts it; the error says why it cannot be had here.
    async fn start() -> Result<Self, String>;
}

/// A scene: what it is called, and what happens. It fails by panicking.
pub(crate) struct Scene<S> {
    pub(crate) name: &'static str,
    pub(crate) play: for<'a> fn(&'a S) -> Pin<Box<dyn Future<Output = ()> + 'a>>,
}

/// Names functions as scenes: `scenes!["httpbin": verbs::a_wrong_one_is_refused, …]`.
macro_rules! scenes {
    [$system:literal: $($module:ident::$scene:ident),* $(,)?] => {
        vec![$($crate::support::Scene {
            name: concat!($system, "::", stringify!($module), "::", stringify!($scene)),
            play: |system| Box::pin($module::$scene(system)),
        }),*]
    };
}
pub(crate) use scenes;

/// Many times what the longest scene takes.
const LIMIT: Duration = Duration::from_secs(120);

/// Makes tests of scenes. Their system is started for the first one that runs and stopped after the last.
pub(crate) fn trials<S: System>(scenes: Vec<Scene<S>>) -> Vec<Trial> {
    let system = Arc::new(OnceCell::new());
    let trial = |scene: Scene<S>| {
        // Each trial gives back its share once it has run; the last one drops the system.
        let system = Arc::clone(&system);
        Trial::ignorable_test(scene.name, move || run(&system, &scene))
    };
    scenes.into_iter().map(trial).collect()
}

fn run<S: System>(
    system: &OnceCell<Result<S, String>>,
    scene: &Scene<S>,
) -> Result<Completion, Failed> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        match system.get_or_init(S::start).await {
            Ok(system) => match timed(scene, system).await {
                Ok(took) => {
                    println!("{}: took {took:.1?}", scene.name);
                    Ok(Completion::Completed)
                }
                Err(_) => Err(format!("not over within {LIMIT:?}").into()),
            },
            Err(reason) if is_strict() => Err(reason.into()),
            Err(reason) => Ok(Completion::ignored_with(reason)),
        }
    })
}

async fn timed<S>(scene: &Scene<S>, system: &S) -> Result<Duration, Elapsed> {
    let begin = Instant::now();
    timeout(LIMIT, (scene.play)(system)).await.map(|()| begin.elapsed())
}

/// Where everything is meant to be there, a scene that cannot run is a failure.
fn is_strict() -> bool {
    std::env::var_os("CI").is_some_and(|ci| ci == "true")
}
