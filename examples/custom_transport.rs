//! Any tower service as the transport: `cargo run --example custom_transport`.
//!
//! This one speaks HTTP/1.1 by hyper over a Unix socket, which the default transport cannot.

use std::path::PathBuf;

use feign::{Body, BoxError, Request, Response};
use hyper_util::rt::TokioIo;

#[feign::client]
trait Docker {
    #[get("/version")]
    async fn version(&self) -> Result<String, feign::Error>;
}

/// One connection per exchange, to keep the example small.
async fn over_unix(
    path: PathBuf,
    request: Request<Body>,
) -> Result<Response<hyper::body::Incoming>, BoxError> {
    let stream = tokio::net::UnixStream::connect(path).await?;
    let (mut sender, connection) =
        hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    Ok(sender.send_request(request).await?)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::temp_dir().join(format!("feign-{}.sock", std::process::id()));
    serve(path.clone())?;

    let transport = tower::service_fn({
        let path = path.clone();
        move |request| over_unix(path.clone(), request)
    });
    let hub = feign::Hub::builder().transport(transport).build()?;
    let docker: DockerClient = hub.client_at("http://docker")?;
    println!("over a Unix socket: {}", docker.version().await?);
    std::fs::remove_file(path)?;
    Ok(())
}

fn serve(path: PathBuf) -> std::io::Result<()> {
    let listener = tokio::net::UnixListener::bind(path)?;
    let router = axum::Router::new().route("/version", axum::routing::get(async || "27.1"));
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(())
}
