//! A source that says what a test tells it, and a transport that counts where calls go.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::future::{Ready, ready};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use bytes::Bytes;
use feign::discover::{Discover, Endpoint, Update, Updates};
use feign::{Body, Hub, HubBuilder};
use futures_util::stream;
use http::{Request, Response};
use http_body_util::Empty;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

enum Step {
    Say(Update),
    Panic(&'static str),
}

/// A source that says what a test tells it, to the streams that are open then.
#[derive(Clone, Default)]
pub(crate) struct Script(Arc<Mutex<Inner>>);

#[derive(Default)]
struct Inner {
    /// Every stream that was ever asked for.
    streams: Vec<(String, UnboundedSender<Step>)>,
    names: Vec<String>,
    /// What each stream begins with.
    first: Option<Vec<Endpoint>>,
    panic_on_watch: Option<&'static str>,
}

impl Script {
    /// Begins every stream with these endpoints.
    pub(crate) fn of(endpoints: Vec<Endpoint>) -> Self {
        let script = Self::default();
        script.0.lock().unwrap().first = Some(endpoints);
        script
    }

    pub(crate) fn named<const N: usize>(self, names: [&str; N]) -> Self {
        self.0.lock().unwrap().names = names.map(str::to_owned).into();
        self
    }

    pub(crate) fn first(&self, endpoints: Option<Vec<Endpoint>>) {
        self.0.lock().unwrap().first = endpoints;
    }

    pub(crate) fn panic_on_watch(&self, text: Option<&'static str>) {
        self.0.lock().unwrap().panic_on_watch = text;
    }

    #[expect(clippy::needless_pass_by_value, reason = "reads better at each call")]
    pub(crate) fn say(&self, endpoints: Vec<Endpoint>) {
        self.step(|| Step::Say(Ok(Some(endpoints.clone()))));
    }

    pub(crate) fn unknown(&self) {
        self.step(|| Step::Say(Ok(None)));
    }

    pub(crate) fn fail(&self, cause: &str) {
        self.step(|| Step::Say(Err(cause.into())));
    }

    pub(crate) fn fail_by<E: std::error::Error + Send + Sync + 'static>(&self, cause: fn() -> E) {
        self.step(|| Step::Say(Err(cause().into())));
    }

    pub(crate) fn panic(&self, text: &'static str) {
        self.step(|| Step::Panic(text));
    }

    /// Ends every stream that is open.
    pub(crate) fn end(&self) {
        let mut inner = self.0.lock().unwrap();
        for (_, stream) in &mut inner.streams {
            *stream = unbounded_channel().0;
        }
    }

    /// How often a stream was asked for.
    pub(crate) fn watched(&self) -> usize {
        self.0.lock().unwrap().streams.len()
    }

    /// How many streams are held.
    pub(crate) fn open(&self) -> usize {
        let inner = self.0.lock().unwrap();
        inner.streams.iter().filter(|(_, stream)| !stream.is_closed()).count()
    }

    fn step(&self, step: impl Fn() -> Step) {
        for (_, stream) in &self.0.lock().unwrap().streams {
            // One that is closed hears nothing.
            let _ = stream.send(step());
        }
    }
}

impl Discover for Script {
    fn watch(&self, service: &str) -> Updates {
        let (says, hears) = unbounded_channel();
        let mut inner = self.0.lock().unwrap();
        if let Some(first) = &inner.first {
            let _ = says.send(Step::Say(Ok(Some(first.clone()))));
        }
        inner.streams.push((service.to_owned(), says));
        let panics = inner.panic_on_watch;
        drop(inner);
        if let Some(text) = panics {
            panic!("{text}");
        }
        Box::pin(stream::unfold(hears, next))
    }

    fn names(&self) -> Vec<String> {
        self.0.lock().unwrap().names.clone()
    }

    fn describe(&self) -> std::borrow::Cow<'_, str> {
        "the script".into()
    }
}

async fn next(mut hears: UnboundedReceiver<Step>) -> Option<(Update, UnboundedReceiver<Step>)> {
    match hears.recv().await? {
        Step::Say(update) => Some((update, hears)),
        Step::Panic(text) => panic!("{text}"),
    }
}

/// Answers every call at once, and counts them by host.
#[derive(Clone, Default)]
pub(crate) struct Counting(Arc<Mutex<BTreeMap<String, usize>>>);

impl Counting {
    /// How many calls each host has had since this was asked last.
    pub(crate) fn take(&self) -> BTreeMap<String, usize> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

impl tower::Service<Request<Body>> for Counting {
    type Response = Response<Empty<Bytes>>;
    type Error = Infallible;
    type Future = Ready<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let host = request.uri().host().unwrap().to_owned();
        *self.0.lock().unwrap().entry(host).or_default() += 1;
        ready(Ok(Response::new(Empty::new())))
    }
}

/// A hub that finds everything by a source, and connects nowhere.
pub(crate) fn hub_of(source: impl Discover) -> HubBuilder {
    Hub::builder().discover(source).transport(Counting::default()).seed(7)
}
