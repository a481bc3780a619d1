//! sources: issue:not-result

type Answer<T> = Option<T>;

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Answer<String>;
}

fn main() {}
