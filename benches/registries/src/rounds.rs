//! Rounds of a client, with a transport that answers at once.

use crate::{Result, payload};
use bytes::Bytes;
use feign_core::{Body, discover::Discover as _};
use feign_eureka::Eureka;
use futures_util::StreamExt as _;
use http::{Request, Response};
use std::{
    convert::Infallible,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tower::service_fn;

/// Makes one round that reads everything, and so many more: each changes one instance of 50 that are followed.
pub(crate) fn run(full: Bytes, count: usize, is_full: bool) -> Result<()> {
    let version = Arc::new(AtomicUsize::new(1));
    let transport = service_fn(move |request: Request<Body>| {
        let version = version.fetch_add(1, Ordering::Relaxed);
        let body = match request.uri().path().ends_with("/delta") {
            true => Bytes::from(payload::delta(version)),
            false => changed(&full, version),
        };
        async move { Ok::<_, Infallible>(Response::new(Body::from(body))) }
    });
    let rounds = if is_full { 1 } else { u32::MAX };
    let eureka = Eureka::builder()
        .server("http://eureka.example/eureka")
        .transport(transport)
        .interval(Duration::from_millis(1))
        .full_every(rounds)
        .build()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    runtime.block_on(async {
        let mut service = eureka.watch("service-0");
        for _ in 0..=count {
            let update = service.next().await.ok_or("an end")??;
            if update.is_none_or(|endpoints| endpoints.len() != 50) {
                return Err("not 50 endpoints".into());
            }
        }
        Ok(())
    })
}

/// The payload with another version in its first metadata, of the same length.
fn changed(full: &Bytes, version: usize) -> Bytes {
    const KEY: &[u8] = br#""version":""#;
    let mut bytes = full.to_vec();
    if let Some(at) = bytes.windows(KEY.len()).position(|window| window == KEY) {
        bytes[at + KEY.len()] = b'0' + (version % 10) as u8;
    }
    bytes.into()
}
