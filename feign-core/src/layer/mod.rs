//! Layers: what happens to a request between the call and the socket.
//!
//! A call goes down one staircase and up again:
//!
//! ```text
//! call            the deadline of everything
//!  [per_call]     layers of yours, once per call
//!  [per_attempt]  layers of yours, once per attempt: fresh tokens, trace headers
//!  pick           the endpoint of this attempt
//!  [per_endpoint] layers of yours that know the address: signing
//!  attempt        its own time limit
//!  [transport]    a tower service: `http::Request<Body>` in, `http::Response<Body>` out
//! ```
//!
//! At the seams in brackets stands any tower layer, or an `async fn` by [`from_fn`]. What is added
//! first is outermost. A seam that is not used costs nothing; one that is used costs a box.
//!
//! Layers see the request's URI as path and query only; the endpoint is chosen below them. They
//! must hand on the request's extensions, in which the call travels.

mod addressed;
mod attempt;
mod context;
mod from_fn;
mod next;
mod pick;
mod seam;

pub(crate) use addressed::Addressed;
pub(crate) use attempt::Attempt;
pub(crate) use context::{Context, Exchange, Reached};
pub use from_fn::{FromFn, FromFnService, from_fn};
pub use next::{Next, ResponseFuture};
pub(crate) use pick::Pick;
pub(crate) use seam::{Seam, SeamLayer, seam_layer};

use http::Response;

use crate::body::Body;
use crate::error::Error;

/// One step of the staircase. The exchange stays where it is: a step takes the request out of it
/// when it hands it on, and leaves in it where the answer came from.
pub(crate) trait Step: Send + Sync + 'static {
    fn call(
        &self,
        exchange: &mut Exchange,
    ) -> impl Future<Output = Result<Response<Body>, Error>> + Send;
}
