//! A process that is killed when it is dropped.

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::until;

/// A running program and the end of what it printed.
#[derive(Debug)]
pub(crate) struct Process {
    name: &'static str,
    child: Child,
    printed: Arc<Mutex<Printed>>,
}

#[derive(Debug, Default)]
struct Printed {
    lines: VecDeque<String>,
    /// Of standard output and standard error; none when the program has ended.
    open: usize,
}

/// As many lines as are kept.
const KEPT: usize = 2000;

impl Process {
    /// Starts a program.
    ///
    /// Its standard input stays open as long as we live: one of ours ends with it, whatever became of us.
    pub(crate) fn start(name: &'static str, command: &mut Command) -> Result<Self, String> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child =
            command.spawn().map_err(|error| format!("{name} does not start: {error}"))?;
        let printed = Arc::new(Mutex::new(Printed { open: 2, ..Printed::default() }));
        if let (Some(output), Some(errors)) = (child.stdout.take(), child.stderr.take()) {
            keep(output, &printed);
            keep(errors, &printed);
        }
        Ok(Self { name, child, printed })
    }

    /// Kills it at once (SIGKILL on Unix) and waits until it has gone, and its ports with it.
    pub(crate) fn kill(&mut self) {
        // An error means that it had ended before.
        _ = self.child.kill();
        _ = self.child.wait();
    }

    /// Stops it where it is, with all its connections (SIGSTOP), or lets it go on.
    pub(crate) fn freeze(&self, is_frozen: bool) -> Result<(), String> {
        self.signal(if is_frozen { "-STOP" } else { "-CONT" })
    }

    /// Asks it to end (SIGTERM); what it makes of that is its own.
    #[cfg(feature = "kafka")]
    pub(crate) fn terminate(&self) -> Result<(), String> {
        self.signal("-TERM")
    }

    fn signal(&self, signal: &str) -> Result<(), String> {
        let sent = Command::new("kill").args([signal, &self.child.id().to_string()]).status();
        match sent {
            Ok(status) if status.success() => Ok(()),
            other => Err(format!("`kill {signal}` of {}: {other:?}", self.name)),
        }
    }

    /// Closes its standard input, by which programs of ours end in order, and waits for that.
    ///
    /// One that takes longer is killed, which is an error.
    pub(crate) async fn stop(&mut self, limit: Duration) -> Result<(), String> {
        drop(self.child.stdin.take());
        self.end(limit).await.map(drop)
    }

    /// Waits for its end, and returns how it ended.
    ///
    /// One that takes longer is killed, which is an error.
    pub(crate) async fn end(&mut self, limit: Duration) -> Result<ExitStatus, String> {
        let what = format!("the end of {}", self.name);
        let child = &mut self.child;
        let ended = until(&what, limit, async || child.try_wait().ok().flatten()).await;
        self.kill();
        ended
    }

    /// Waits until it runs and `ready`; one that ends instead is an error with its last words.
    pub(crate) async fn until_ready(
        &self,
        ready: impl Future<Output = Result<(), String>>,
    ) -> Result<(), String> {
        tokio::select! {
            // Somebody else may be what is ready, if ours has ended.
            biased;
            () = self.ended() => Err(format!("{} has ended{}", self.name, self.last_words())),
            outcome = ready => {
                outcome.map_err(|error| format!("{}: {error}{}", self.name, self.last_words()))
            }
        }
    }

    /// Waits for a line that holds `part`, which may have been printed long ago.
    pub(crate) async fn line_with(&self, part: &str, limit: Duration) -> Result<String, String> {
        let what = format!("a line of {} with `{part}`", self.name);
        until(&what, limit, async || {
            self.read(|printed| printed.lines.iter().find(|line| line.contains(part)).cloned())
        })
        .await
    }

    async fn ended(&self) {
        let forever = Duration::MAX;
        _ = until("the end", forever, async || self.read(|it| (it.open == 0).then_some(()))).await;
    }

    fn last_words(&self) -> String {
        self.read(|printed| match printed.lines.back() {
            None => ", having said nothing".to_owned(),
            Some(last) => format!(", having said: {last}"),
        })
    }

    fn read<T>(&self, read: impl FnOnce(&Printed) -> T) -> T {
        read(&self.printed.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Reads to the end in a thread of its own: a pipe that is full would stop the program.
fn keep(from: impl Read + Send + 'static, into: &Arc<Mutex<Printed>>) {
    let into = Arc::clone(into);
    std::thread::spawn(move || {
        let lock = || into.lock().unwrap_or_else(PoisonError::into_inner);
        for line in BufReader::new(from).split(b'\n').map_while(Result::ok) {
            let mut printed = lock();
            if printed.lines.len() == KEPT {
                printed.lines.pop_front();
            }
            printed.lines.push_back(String::from_utf8_lossy(&line).trim_end().to_owned());
        }
        lock().open -= 1;
    });
}
