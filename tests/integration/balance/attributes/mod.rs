//! What is said of the policy, from the trait to the call, and what calls are hashed by.

mod keys;
mod names;
mod policy;

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::future::{Ready, ready};
use std::sync::{Arc, Mutex};

use feign::discover::Endpoint;
use feign::{Body, Hub, HubBuilder, Request, Response};
use http_body_util::Empty;
use tower::util::MapRequestLayer;
use tower::{Layer as _, service_fn};

type Answer = Result<(), feign::Error>;

/// Where calls went: host, path and query.
#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<(String, String)>>>);

impl Seen {
    /// A hub whose service has three endpoints, `a`, `b` and `c`.
    fn hub(&self) -> HubBuilder {
        let seen = self.clone();
        let keep = MapRequestLayer::new(move |request: Request<Body>| {
            let host = Endpoint::of(&request).unwrap().authority().to_string();
            let target = request.uri().path_and_query().unwrap().to_string();
            seen.0.lock().unwrap().push((host, target));
            request
        });
        Hub::builder()
            .seed(5)
            .transport(keep.layer(service_fn(empty)))
            .service("items", |s| s.url("http://a").url("http://b").url("http://c"))
    }

    /// The hosts since the last time, in their order.
    fn hosts(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap()).into_iter().map(|(host, _)| host).collect()
    }

    fn targets(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap()).into_iter().map(|(_, target)| target).collect()
    }
}

fn empty(_: Request<Body>) -> Ready<Result<Response<Empty<feign::Bytes>>, Infallible>> {
    ready(Ok(Response::new(Empty::new())))
}

fn distinct(hosts: &[String]) -> String {
    hosts.iter().collect::<BTreeSet<_>>().into_iter().map(String::as_str).collect()
}
