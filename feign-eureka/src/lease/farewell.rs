//! The good-bye of a lease that was dropped: its runtime may be going down, and its process with it.

use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use super::own::Own;
use super::task::CANCEL_TIMEOUT;
use crate::api::Api as _;

/// How long a drop waits.
const PATIENCE: Duration = Duration::from_millis(500);

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
    let cancel = move || {
        let _done = done;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
        let pool = eureka.pool_apart().ok()?;
        let (app, id) = (written.app(), written.id());
        let cancelled = pool.ask(
            |api| async move { api.with(|call| call.timeout(CANCEL_TIMEOUT)).cancel(app, id).await },
            |error| error.status().is_some(),
        );
        runtime.block_on(cancelled).ok()
    };
    let thread = thread::Builder::new().name("feign-eureka-leave".to_owned());
    if thread.spawn(cancel).is_ok() {
        // Ends when the thread has let its end go.
        let _ = waiting.recv_timeout(PATIENCE);
    }
}
