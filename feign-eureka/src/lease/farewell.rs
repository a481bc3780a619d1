//! The good-bye of a lease, also of one that was dropped: its runtime may be going down, and its process with it.

use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use feign_core::Error;

use super::own::Own;
use crate::api::{Api as _, Written};
use crate::servers::Pool;

/// A server that is told good-bye gets no more time than this.
const CANCEL_TIMEOUT: Duration = Duration::from_secs(2);

/// How long a drop waits.
const PATIENCE: Duration = Duration::from_millis(500);

/// Takes an instance from the registry. Whatever a server says to it, it has heard it.
pub(super) async fn cancel(pool: &Pool, written: &Written) -> Result<(), Error> {
    let (app, id) = (written.app(), written.id());
    let is_answer = |error: &Error| error.status().is_some();
    pool.ask(
        |api| async move { api.with(|call| call.timeout(CANCEL_TIMEOUT)).cancel(app, id).await },
        is_answer,
    )
    .await
}

/// Cancels a lease from a thread with a runtime and connections of its own, and waits a little for it.
/// The task cancels too, where its runtime lives: behind whatever it has just sent.
pub(super) fn say(own: &Arc<Own>) {
    let (was_sent, written) = {
        let mut state = own.state();
        state.ending = true;
        (state.was_sent, state.written.clone())
    };
    own.changed.notify_one();
    if !was_sent {
        return;
    }
    let (done, waiting) = mpsc::channel::<()>();
    let eureka = Arc::clone(&own.eureka);
    let say = move || {
        let _done = done;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
        let pool = eureka.pool_apart().ok()?;
        runtime.block_on(cancel(&pool, &written)).ok()
    };
    let thread = thread::Builder::new().name("feign-eureka-leave".to_owned());
    if thread.spawn(say).is_ok() {
        // Ends when the thread has let its end go.
        let _ = waiting.recv_timeout(PATIENCE);
    }
}
