//! Which endpoint gets a call, decided by you: `cargo run --example custom_balance`.

use std::collections::BTreeMap;

use feign::balance::{Balance, Candidate, EndpointSet, PickContext};
use feign::discover::Endpoint;
use feign::{Body, Hub, Request, Response};

/// Tries the new version on one call in ten.
#[derive(Debug)]
struct Canary {
    version: &'static str,
}

impl Balance for Canary {
    fn pick(&self, endpoints: &EndpointSet, cx: &mut PickContext<'_>) -> usize {
        let wants_new = cx.random(10) == 0;
        let fits = |candidate: &Candidate<'_>| {
            let version = candidate.endpoint().metadata().get("version");
            version.is_some_and(|version| version == self.version) == wants_new
        };
        // In turn among those that fit; where none does, among all.
        match endpoints.iter().filter(fits).count() {
            0 => (cx.turn() % endpoints.len() as u64) as usize,
            fitting => {
                let nth = (cx.turn() % fitting as u64) as usize;
                endpoints
                    .iter()
                    .enumerate()
                    .filter(|(_, c)| fits(c))
                    .nth(nth)
                    .map_or(0, |(at, _)| at)
            }
        }
    }
}

#[feign::client(service = "shop", balance = self::canary)]
trait Shop {
    #[get("/")]
    async fn visit(&self) -> Result<String, feign::Error>;
}

/// What the attribute names: a function that makes the policy.
fn canary() -> Canary {
    Canary { version: "2" }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), feign::Error> {
    let endpoint = |port: u16, version: &str| {
        Endpoint::new(&format!("http://10.0.0.1:{port}"))
            .map(|e| e.with_metadata("version", version))
    };
    let shop = vec![endpoint(8081, "1")?, endpoint(8082, "1")?, endpoint(8083, "2")?];
    let hub = Hub::builder()
        .discover(feign::discover::fixed([("shop", shop)]))
        .transport(tower::service_fn(answer))
        .seed(7) // so that every run prints the same
        .build()?;
    let client: ShopClient = hub.client();

    let mut visits = BTreeMap::<String, u32>::new();
    for _ in 0..1000 {
        *visits.entry(client.visit().await?).or_default() += 1;
    }
    for (endpoint, count) in visits {
        println!("{endpoint}: {count}");
    }
    Ok(())
}

/// In the place of a network: every endpoint answers with its address.
async fn answer(request: Request<Body>) -> Result<Response<Body>, feign::Error> {
    Ok(Response::new(Body::from(
        Endpoint::of(&request).map_or("nobody", Endpoint::as_str).to_owned(),
    )))
}
