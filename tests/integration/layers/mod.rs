//! Layers at the seams: tower's, tower-http's, an `async fn`; their order; what they see.

mod foreign;
mod order;
mod seen;
mod transport;

type Answer = Result<(), feign::Error>;

#[feign::client(service = "layered", path = "/api")]
trait Layered {
    #[get("/items/{id}{?q}")]
    #[tags(team = "inventory", critical)]
    async fn item(&self, id: u32, q: Option<&str>) -> Answer;
    #[post("/items")]
    #[idempotent(key = "idempotency-key")]
    async fn create(&self, #[body] text: &str) -> Answer;
}
