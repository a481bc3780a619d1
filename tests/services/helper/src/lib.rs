//! The programs that scenes of `tests/services` start as child processes, and kill.
//!
//! They have no binary of their own: the test binary runs itself again with one of these roles, so that
//! they are built once, with the features of the tests.

mod inventory;
mod relay;

use std::process::ExitCode;

use tokio::io::AsyncReadExt as _;

/// Plays the role that the arguments name, to its end; `None` if they name none.
pub fn play(arguments: impl IntoIterator<Item = String>) -> Option<ExitCode> {
    let arguments: Vec<_> = arguments.into_iter().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [inventory::ROLE, id, registries, wait] => {
            Some(run(inventory::serve(id, registries, wait)))
        }
        [relay::ROLE, upstream] => Some(run(relay::serve(upstream))),
        _ => None,
    }
}

/// Runs until the program ends or fails, or the one that started it has gone.
pub fn run(program: impl Future<Output = Result<(), feign::BoxError>>) -> ExitCode {
    let outcome = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(Into::into)
        .and_then(|runtime| {
            let outcome = runtime.block_on(async {
                tokio::select! {
                    outcome = program => outcome,
                    () = orphaned() => Ok(()),
                }
            });
            // Not to wait for the thread that reads the standard input.
            runtime.shutdown_background();
            outcome
        });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// The standard input is held open by whoever started us, and closed by the kernel if they die.
async fn orphaned() {
    let mut rest = Vec::new();
    _ = tokio::io::stdin().read_to_end(&mut rest).await;
}
