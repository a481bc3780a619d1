//! Bodies that come at a pace of their own, without a socket.

use std::convert::Infallible;
use std::time::Duration;

use feign::{Body, Hub, Request, Response, TypedClient};
use futures_util::stream;

/// A client whose every call is answered at once with a head, and then with these pieces, each after
/// its wait. The mock kit has one wait for all pieces, and cuts them itself.
pub(crate) fn paced<C: TypedClient, const N: usize>(
    content_type: &'static str,
    pieces: [(Duration, &'static str); N],
) -> C {
    let transport = tower::service_fn(move |_: Request<Body>| {
        let response = Response::builder().header("content-type", content_type);
        let response = response.body(body(pieces.into_iter())).unwrap();
        async move { Ok::<_, Infallible>(response) }
    });
    Hub::builder().transport(transport).build().unwrap().client_at("http://h.example").unwrap()
}

fn body(pieces: impl Iterator<Item = (Duration, &'static str)> + Send + 'static) -> Body {
    Body::from_stream(stream::unfold(pieces, |mut pieces| async move {
        let (wait, piece) = pieces.next()?;
        tokio::time::sleep(wait).await;
        Some((Ok::<_, Infallible>(piece), pieces))
    }))
}
