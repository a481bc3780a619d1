//! Where services live, known by a system of yours: `cargo run --example custom_discovery`.
//!
//! What can be asked becomes a source by `discover::poll`; what tells by itself implements `Discover`.

use std::collections::BTreeMap;
use std::time::Duration;

use feign::discover::{self, Discover, Endpoint, Update, Updates};
use feign::{Body, Hub, Request, Response};
use futures_util::stream;
use tokio::sync::watch;

#[feign::client(service = "greeter")]
trait Greeter {
    #[get("/hello")]
    async fn hello(&self) -> Result<String, feign::Error>;
}

/// A registry that tells by itself: the services and their addresses, whenever they change.
struct Pushed(watch::Receiver<BTreeMap<String, Vec<String>>>);

impl Discover for Pushed {
    fn watch(&self, service: &str) -> Updates {
        let (receiver, service) = (self.0.clone(), service.to_owned());
        Box::pin(stream::unfold((receiver, true), move |(mut receiver, is_first)| {
            let service = service.clone();
            async move {
                if !is_first {
                    receiver.changed().await.ok()?;
                }
                let update = endpoints(receiver.borrow_and_update().get(&service));
                Some((update, (receiver, false)))
            }
        }))
    }

    fn names(&self) -> Vec<String> {
        self.0.borrow().keys().cloned().collect()
    }
}

/// `None` where the name is not known: then the next source is asked.
fn endpoints(urls: Option<&Vec<String>>) -> Update {
    let Some(urls) = urls else { return Ok(None) };
    Ok(Some(urls.iter().map(|url| Endpoint::new(url)).collect::<Result<_, _>>()?))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (registry, receiver) = watch::channel(BTreeMap::new());
    registry.send_modify(|services| {
        services.insert("greeter".to_owned(), vec!["http://10.0.0.1:80".to_owned()]);
    });

    // Not known there? Then it is asked for here, every ten seconds.
    let asked = discover::poll(Duration::from_secs(10), |service| async move {
        match service.as_str() {
            "printer" => Ok(Some(vec![Endpoint::new("http://10.0.9.9:631")?])),
            _ => Ok(None),
        }
    });

    let hub = Hub::builder()
        .discover(Pushed(receiver))
        .discover(asked)
        .transport(tower::service_fn(answer))
        .build()?;
    let greeter: GreeterClient = hub.client();
    println!("{}", greeter.hello().await?);

    registry.send_modify(|services| {
        services.insert("greeter".to_owned(), vec!["http://10.0.0.2:80".to_owned()]);
    });
    while hub
        .endpoints("greeter")
        .endpoints()
        .iter()
        .all(|endpoint| endpoint.as_str().ends_with(".1:80"))
    {
        tokio::task::yield_now().await;
    }
    println!("{}", greeter.hello().await?);

    let printer: GreeterClient = hub.client_at("printer")?;
    println!("{}", printer.hello().await?);

    let misspelt: GreeterClient = hub.client_at("greeters")?;
    println!("{}", misspelt.hello().await.unwrap_err());
    Ok(())
}

/// In the place of a network: every endpoint answers with its address.
async fn answer(request: Request<Body>) -> Result<Response<Body>, feign::Error> {
    let endpoint = Endpoint::of(&request).map_or("nobody", Endpoint::as_str);
    Ok(Response::new(Body::from(format!("hello from {endpoint}"))))
}
