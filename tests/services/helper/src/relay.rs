//! A service that is called and calls another one, by a declared client.

use axum::Router;
use axum::extract::State;
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use axum::http::{HeaderName, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use feign::Body;
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;

pub(crate) const ROLE: &str = "relay";

/// What `content-encoding` said: clients that decode take it away.
const CODING: HeaderName = HeaderName::from_static("x-coding");

#[feign::client]
trait Upstream {
    #[get]
    #[accept(any)]
    async fn get(&self, #[url] target: &str) -> Result<feign::Response<Body>, feign::Error>;
}

/// Passes every GET on to `upstream`, and its answer back, compressed if that is wanted.
pub(crate) async fn serve(upstream: &str) -> Result<(), feign::BoxError> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let app = Router::new()
        .fallback(pass)
        .layer(CompressionLayer::new())
        .layer(axum::middleware::map_response(tell_coding))
        .with_state(UpstreamClient::at(upstream)?);
    println!("http://{}", listener.local_addr()?);
    Ok(axum::serve(listener, app).await?)
}

async fn pass(State(upstream): State<UpstreamClient>, target: Uri) -> Response {
    match upstream.get(&target.to_string()).await {
        Err(error) => (StatusCode::BAD_GATEWAY, error.to_string()).into_response(),
        Ok(answer) => {
            let (head, body) = answer.into_parts();
            let mut passed = Response::new(axum::body::Body::new(body));
            *passed.status_mut() = head.status;
            // The others are of the hop between upstream and us.
            if let Some(content_type) = head.headers.get(CONTENT_TYPE) {
                passed.headers_mut().insert(CONTENT_TYPE, content_type.clone());
            }
            passed
        }
    }
}

async fn tell_coding(mut response: Response) -> Response {
    if let Some(coding) = response.headers().get(CONTENT_ENCODING).cloned() {
        response.headers_mut().insert(CODING, coding);
    }
    response
}
