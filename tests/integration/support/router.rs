//! An axum router on a free port.

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::Request;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use futures_util::FutureExt as _;
use tokio::net::TcpListener;
use tokio::task::AbortHandle;

/// A router that is served until this is dropped, which fails the test when a handler panicked.
pub(crate) struct Routed {
    url: String,
    failed: Arc<Mutex<bool>>,
    serving: AbortHandle,
}

impl Routed {
    pub(crate) async fn serve(router: Router) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let failed = Arc::new(Mutex::new(false));
        let seen = Arc::clone(&failed);
        let router = router.layer(middleware::from_fn(move |request, next| {
            catch_panic(request, next, Arc::clone(&seen))
        }));
        let serving = tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, failed, serving: serving.abort_handle() }
    }

    /// `http://127.0.0.1:port`, without a slash at the end.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Routed {
    fn drop(&mut self) {
        self.serving.abort();
        let failed = self.failed.lock().is_ok_and(|failed| *failed);
        assert!(std::thread::panicking() || !failed, "a handler panicked");
    }
}

async fn catch_panic(request: Request, next: Next, failed: Arc<Mutex<bool>>) -> Response {
    match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(_) => {
            *failed.lock().unwrap() = true;
            http::StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
