//! The GET, logged: answered in memory, so that its own cost is all there is.

use crate::{Result, declared::ShopClient};
use feign::{Body, Hub, log::Level};
use http::{Request, Response};
use std::{convert::Infallible, io};
use tracing_subscriber::{
    filter::Targets, fmt, layer::SubscriberExt as _, util::SubscriberInitExt as _,
};

/// What the server of the bench answers.
const ITEM: &str = concat!(
    r#"{"id":1042,"sku":"A-1042","name":"Green tea, loose","price":1250,"currency":"EUR","#,
    r#""stock":17,"tags":["tea","loose"],"updated":"2026-11-22T10:00:00Z"}"#,
);

/// Makes calls while nobody listens, somebody listens to others, or to them.
pub(crate) async fn run(row: &str, count: u64) -> Result<()> {
    let (target, level) = match row {
        "log-off" => (None, None),
        "log-filtered" => (Some("sqlx"), Some(Level::Basic)),
        "log-basic" => (Some("feign"), Some(Level::Basic)),
        "log-headers" => (Some("feign"), Some(Level::Headers)),
        "log-body" => (Some("feign"), Some(Level::Body)),
        _ => return Err(format!("there is no row `{row}`").into()),
    };
    if let Some(target) = target {
        let wanted = Targets::new().with_target(target, tracing::Level::DEBUG);
        let written = fmt::layer().with_writer(io::sink);
        tracing_subscriber::registry().with(wanted).with(written).init();
    }
    let mut hub = Hub::builder().transport(tower::service_fn(answer));
    if let Some(level) = level {
        hub = hub.log(level);
    }
    let calls: ShopClient = hub.build()?.client_at("http://shop.example")?;
    crate::get(&calls, count).await
}

async fn answer(_: Request<Body>) -> Result<Response<Body>, Infallible> {
    let mut answer = Response::new(Body::from(ITEM));
    answer.headers_mut().insert("content-type", http::HeaderValue::from_static("application/json"));
    Ok(answer)
}
