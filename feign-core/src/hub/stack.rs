//! The staircase, in one expression.

use crate::layer::{Attempt, Pick, Seam, SeamLayer};
use crate::transport::Transport;

/// What a call goes down through, from the top.
pub(crate) type Stack = Seam<Seam<Pick<Attempt<Transport>>>>;

/// Builds the staircase. Top down: layers of the user once per call; then, where retries will
/// stand, layers once per attempt, so that each attempt gets fresh tokens; the pick, below them,
/// since an attempt may go to another endpoint; the attempt's own time; the transport.
pub(crate) fn stack(
    per_call: Vec<SeamLayer>,
    per_attempt: Vec<SeamLayer>,
    transport: Transport,
) -> Stack {
    Seam::new(per_call, Seam::new(per_attempt, Pick(Attempt(transport))))
}
