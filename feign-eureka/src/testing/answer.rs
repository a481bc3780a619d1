//! Answers requests as a real server does.

use std::collections::BTreeMap;
use std::future::pending;
use std::io::Write as _;

use bytes::Bytes;
use feign_core::{Body, Request, Response, StatusCode};
use flate2::Compression;
use flate2::write::GzEncoder;
use http::header::{ACCEPT, ACCEPT_ENCODING, ALLOW, CONTENT_ENCODING, CONTENT_TYPE, HeaderName};
use http::{HeaderMap, HeaderValue, Method};

use super::fault::Fate;
use super::paths::{Resource, below_base, query};
use super::read::{self, Refusal};
use super::requests::Heard;
use super::store::Renewal;
use super::{Core, locked, write};
use crate::model::Status;

/// What a resource answers: a status, and perhaps a document.
type Outcome = Result<Option<Vec<u8>>, StatusCode>;

/// How much of each instance is asked for.
const AMOUNT: &str = "x-eureka-accept";
const REPLICATION: &str = "x-netflix-discovery-replication";

impl Core {
    /// Answers a request; `None` where the connection breaks.
    pub(super) async fn answer(&self, request: Request<Bytes>) -> Option<Response<Body>> {
        let path = request.uri().path().to_owned();
        let below = below_base(&path);
        let fault = locked(&self.fault).clone();
        let fate =
            fault.map_or(Fate::Well, |fault| fault.fate(request.method(), below.unwrap_or("")));
        if !matches!(fate, Fate::Refused) {
            locked(&self.heard).push(Heard::new(&request));
        }
        match fate {
            Fate::Answer(answer) => return Some(answer),
            Fate::Refused => return None,
            Fate::Never => return pending().await,
            Fate::Well => {}
        }
        // Tomcat refuses it, wherever it stands.
        if path.to_ascii_lowercase().contains("%2f") {
            let mut page = answer("text/html", "<html></html>".into());
            *page.status_mut() = StatusCode::BAD_REQUEST;
            return Some(page);
        }
        let Some(resource) = below.and_then(Resource::of) else {
            return Some(container_error(StatusCode::NOT_FOUND, &path));
        };
        let answer = match (request.method(), &resource) {
            (&Method::GET, resource) => self.get(resource, request.headers(), &path),
            (&Method::POST, Resource::App(app)) => match self.register(app, &request) {
                Some(answer) => answer,
                // As the real one: for good.
                None => return pending().await,
            },
            (&Method::PUT | &Method::DELETE, resource) => self.change(resource, &request),
            _ => not_allowed(&path, &resource),
        };
        Some(answer)
    }

    fn get(&self, resource: &Resource, headers: &HeaderMap, path: &str) -> Response<Body> {
        let accept = headers.get(ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or("*/*");
        if accept == "application/*+json" {
            return container_error(StatusCode::NOT_ACCEPTABLE, path);
        }
        if !accept.contains("json") {
            return answer("application/xml", "<applications></applications>".into());
        }
        let hash = locked(&self.hash).clone();
        let mut store = locked(&self.store);
        let store = &mut *store;
        let found = match resource {
            Resource::Apps => Some(write::all(store, None)),
            Resource::Delta => Some(write::delta(store, hash.as_deref())),
            Resource::App(app) => write::app(store, app),
            Resource::Instance { app, id } => {
                store.tidy();
                store.get(app, id).map(write::instance)
            }
            Resource::InstanceById(id) => {
                store.tidy();
                store.all().find(|stored| stored.id() == id).map(write::instance)
            }
            Resource::Vip(vip) => Some(write::vip(store, vip, false)),
            Resource::SecureVip(vip) => Some(write::vip(store, vip, true)),
            Resource::Status { .. } | Resource::Metadata { .. } => {
                return not_allowed(path, resource);
            }
        };
        let Some(mut json) = found else { return container_error(StatusCode::NOT_FOUND, path) };
        let is_one = matches!(resource, Resource::Instance { .. } | Resource::InstanceById(_));
        if !is_one && header(headers, &HeaderName::from_static(AMOUNT)) == "compact" {
            json = write::compact(&json);
        }
        let may_compress = matches!(resource, Resource::Apps | Resource::Delta);
        if may_compress && accepts_gzip(headers) {
            return gzip(&json).unwrap_or_else(|| answer("application/json", json.into()));
        }
        answer("application/json", json.into())
    }

    /// `None`: it hangs.
    fn register(&self, app: &str, request: &Request<Bytes>) -> Option<Response<Body>> {
        let content_type = header(request.headers(), &CONTENT_TYPE);
        if !content_type.contains("json") {
            let path = request.uri().path();
            return Some(container_error(StatusCode::UNSUPPORTED_MEDIA_TYPE, path));
        }
        let stored = read::body(request.body()).and_then(|json| read::registration(&json, app));
        Some(match stored {
            Ok(stored) => {
                let mut store = locked(&self.store);
                store.tidy();
                store.register(stored);
                empty(StatusCode::NO_CONTENT)
            }
            Err(Refusal::Because(why)) => refused(why),
            Err(Refusal::Unreadable) => {
                refused(r#"{"error": "cannot parse request body"}"#.to_owned())
            }
            Err(Refusal::Null) => {
                container_error(StatusCode::INTERNAL_SERVER_ERROR, request.uri().path())
            }
            Err(Refusal::Hangs) => return None,
        })
    }

    fn change(&self, resource: &Resource, request: &Request<Bytes>) -> Response<Body> {
        let path = request.uri().path();
        let query = query(request.uri().query().unwrap_or_default());
        let is_put = request.method() == Method::PUT;
        let outcome = match resource {
            Resource::Instance { app, id } if is_put => {
                let replicates = header(request.headers(), &HeaderName::from_static(REPLICATION));
                return self.renew(app, id, &query, replicates == "true", path);
            }
            Resource::Instance { app, id } => self.found(|store| store.cancel(app, id)),
            Resource::Status { app, id } => self.status(app, id, &query, is_put),
            Resource::Metadata { app, id } if is_put => {
                self.found(|store| store.merge_metadata(app, id, query))
            }
            _ => return not_allowed(path, resource),
        };
        outcome.map_or_else(|code| container_error(code, path), |_| empty(StatusCode::OK))
    }

    fn found(&self, change: impl FnOnce(&mut super::store::Store) -> bool) -> Outcome {
        let mut store = locked(&self.store);
        store.tidy();
        if change(&mut store) { Ok(None) } else { Err(StatusCode::NOT_FOUND) }
    }

    fn renew(
        &self,
        app: &str,
        id: &str,
        query: &BTreeMap<String, String>,
        is_replica: bool,
        path: &str,
    ) -> Response<Body> {
        let mut store = locked(&self.store);
        store.tidy();
        let Ok(last_dirty) = query.get("lastDirtyTimestamp").map(|text| text.parse()).transpose()
        else {
            return container_error(StatusCode::INTERNAL_SERVER_ERROR, path);
        };
        match store.renew(app, id, last_dirty) {
            Renewal::Newer if is_replica => {
                let body = store.get(app, id).map(write::instance).unwrap_or_default();
                let mut conflict = answer("application/json", body.into());
                *conflict.status_mut() = StatusCode::CONFLICT;
                conflict
            }
            Renewal::Renewed | Renewal::Newer => empty(StatusCode::OK),
            Renewal::NotFound => container_error(StatusCode::NOT_FOUND, path),
        }
    }

    fn status(
        &self,
        app: &str,
        id: &str,
        query: &BTreeMap<String, String>,
        is_put: bool,
    ) -> Outcome {
        let value = query.get("value");
        let status = write::status(value);
        if (is_put || value.is_some()) && status.is_none() {
            return Err(StatusCode::INTERNAL_SERVER_ERROR);
        }
        let last_dirty = query.get("lastDirtyTimestamp").and_then(|text| text.parse().ok());
        let status = status.unwrap_or(Status::Unknown);
        self.found(|store| match is_put {
            true => store.override_status(app, id, status, last_dirty),
            false => store.remove_override(app, id, status),
        })
    }
}

fn header<'h>(headers: &'h HeaderMap, name: &HeaderName) -> &'h str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn accepts_gzip(headers: &HeaderMap) -> bool {
    header(headers, &ACCEPT_ENCODING).contains("gzip")
}

fn gzip(json: &[u8]) -> Option<Response<Body>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(json).ok()?;
    let mut answer = answer("application/json", encoder.finish().ok()?.into());
    answer.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    Some(answer)
}

fn answer(content_type: &'static str, body: Body) -> Response<Body> {
    let mut answer = Response::new(body);
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    answer
}

fn empty(status: StatusCode) -> Response<Body> {
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = status;
    answer
}

/// A text that is labelled as JSON, and mostly is none.
fn refused(why: String) -> Response<Body> {
    let mut answer = answer("application/json", why.into());
    *answer.status_mut() = StatusCode::BAD_REQUEST;
    answer
}

/// What the container says by itself.
fn container_error(status: StatusCode, path: &str) -> Response<Body> {
    let error = status.canonical_reason().unwrap_or_default();
    let json = serde_json::json!({
        "timestamp": "2026-11-22T10:00:00.000+00:00", "status": status.as_u16(), "error": error, "path": path,
    });
    let mut answer = answer("application/json", json.to_string().into());
    *answer.status_mut() = status;
    answer
}

fn not_allowed(path: &str, resource: &Resource) -> Response<Body> {
    let allowed = match resource {
        Resource::App(_) => "GET,POST,OPTIONS",
        Resource::Instance { .. } => "GET,PUT,DELETE,OPTIONS",
        Resource::Status { .. } => "PUT,DELETE,OPTIONS",
        Resource::Metadata { .. } => "PUT,OPTIONS",
        _ => "GET,OPTIONS",
    };
    let mut answer = container_error(StatusCode::METHOD_NOT_ALLOWED, path);
    answer.headers_mut().insert(ALLOW, HeaderValue::from_static(allowed));
    answer
}
