//! How a producer is made.

use std::sync::Arc;
use std::time::Duration;

use feign_core::publish::{Error, Kind, Outcome};
use rdkafka::error::{KafkaError, RDKafkaErrorCode as Code};
use rdkafka::producer::Producer as _;
use tokio::task::spawn_blocking;

use crate::alone::Alone;
use crate::context::Context;
use crate::error;
use crate::kafka::Producer;
use crate::settings::Settings;

/// Makes a producer, and waits for a broker unless it is lazy.
pub(crate) async fn producer(settings: &Settings) -> Result<Arc<Producer>, Error> {
    let config = settings.config();
    let context = Context::new(settings.audience.clone(), Alone::new(config.clone()));
    let producer = config
        .create_with_context::<Context, Producer>(context)
        .map_err(|failure| error::of(&failure, false))?;
    let producer = Arc::new(producer);
    if settings.lazy { Ok(producer) } else { first_answer(producer, settings).await }
}

/// Waits until a broker has answered, so that a wrong address is found when the service starts.
async fn first_answer(
    producer: Arc<Producer>,
    settings: &Settings,
) -> Result<Arc<Producer>, Error> {
    let timeout = settings.connect_timeout;
    let asked = spawn_blocking(move || {
        let answer = producer.client().fetch_metadata(None, timeout).map(drop);
        let last = producer.context().last_error();
        // Dropped here where it failed, since that joins a thread.
        answer.map(|()| producer).map_err(|failure| (failure, last))
    });
    match asked.await {
        Ok(Ok(producer)) => Ok(producer),
        Ok(Err((failure, last))) => Err(unreachable(failure, last, &settings.servers, timeout)),
        Err(source) => Err(Error::new(Kind::Transport).with_source(source)),
    }
}

/// Says what was tried, and what the last connection failed of: the metadata only timed out.
fn unreachable(
    failure: KafkaError,
    last: Option<(Code, String)>,
    servers: &str,
    timeout: Duration,
) -> Error {
    let denied = |code| matches!(code, Code::Authentication | Code::SaslAuthenticationFailed);
    let kind = match &last {
        Some((code, _)) if denied(*code) => Kind::Denied,
        _ => Kind::Transport,
    };
    let last = last.map_or_else(|| "nothing answered".to_owned(), |(_, reason)| reason);
    Error::new(kind)
        .with_outcome(Outcome::NotWritten)
        .with_reason(format!(
            "no broker answered within {timeout:?}; tried `{servers}`; last error: {last}"
        ))
        .with_source(failure)
}
