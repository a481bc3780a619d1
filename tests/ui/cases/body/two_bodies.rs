//! sources: issue:two-bodies, retrofit:twoBodies, refit:RF011, feign:too-many-bodies, peers:two-bodies

#[feign::client]
trait Items {
    #[put("/items")]
    async fn item(&self, #[body] one: String, #[body] two: String) -> Result<String, feign::Error>;
}

fn main() {}
