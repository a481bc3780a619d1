//! sources: issue:two-verbs, retrofit:twoMethodsFail, microprofile:several-verbs

#[feign::client]
trait Items {
    #[patch("/items")]
    #[post("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
