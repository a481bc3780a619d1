//! sources: issue:not-result

type Answer = String;

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Answer;
}

fn main() {}
