//! The staircase, in one expression.

use crate::layer::{Addressed, Attempt, Pick, Seam, SeamLayer};
use crate::transport::Transport;

/// What a call goes down through, from the top.
pub(crate) type Stack = Seam<Seam<Pick<Addressed<Attempt<Transport>>>>>;

/// Builds the staircase. Top down: layers of the user once per call; then, where retries will
/// stand, layers once per attempt, so that each attempt gets fresh tokens; the pick, below them,
/// since an attempt may go to another endpoint; layers that know its address; the attempt's own
/// time; the transport.
pub(crate) fn stack(
    per_call: Vec<SeamLayer>,
    per_attempt: Vec<SeamLayer>,
    per_endpoint: Vec<SeamLayer>,
    transport: Transport,
) -> Stack {
    let addressed = Addressed(Seam::new(per_endpoint, Attempt(transport)));
    Seam::new(per_call, Seam::new(per_attempt, Pick(addressed)))
}
