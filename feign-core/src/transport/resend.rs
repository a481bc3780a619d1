//! What the default transport sends again by itself: what cannot have been acted on, and once, what a
//! kept connection swallowed.

use std::error::Error as StdError;
use std::io::ErrorKind;

use reqwest::retry::Builder;

/// One more attempt, on another connection. A server may close a kept connection at the very moment
/// when it is used again (RFC 9112 §9.3.1): an idempotent request is then sent once more.
pub(super) fn policy() -> Builder {
    reqwest::retry::for_host(EveryHost).no_budget().max_retries_per_request(1).classify_fn(
        |outcome| {
            let again = outcome.error().is_some_and(|error| {
                is_unseen(error) || outcome.method().is_idempotent() && is_unanswered(error)
            });
            if again { outcome.retryable() } else { outcome.success() }
        },
    )
}

/// reqwest's scope is a host; ours is every one.
struct EveryHost;

impl PartialEq<&str> for EveryHost {
    fn eq(&self, _: &&str) -> bool {
        true
    }
}

/// HTTP/2 says so (RFC 9113 §8.7): the stream was refused, or the connection was going away.
fn is_unseen(error: &(dyn StdError + 'static)) -> bool {
    causes(error).filter_map(|cause| cause.downcast_ref::<h2::Error>()).any(|error| {
        let (reset, gone) = (h2::Reason::REFUSED_STREAM, h2::Reason::NO_ERROR);
        error.is_remote()
            && (error.is_reset() && error.reason() == Some(reset)
                || error.is_go_away() && error.reason() == Some(gone))
    })
}

/// The connection ended, and no answer had come.
fn is_unanswered(error: &(dyn StdError + 'static)) -> bool {
    causes(error).any(|cause| {
        let reset = |error: &std::io::Error| {
            matches!(error.kind(), ErrorKind::ConnectionReset | ErrorKind::BrokenPipe)
        };
        cause.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_incomplete_message)
            || cause.downcast_ref().is_some_and(reset)
    })
}

fn causes<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}
