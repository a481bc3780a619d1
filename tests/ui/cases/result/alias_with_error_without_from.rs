//! sources: issue:error-without-from

type Answer<T> = Result<T, std::fmt::Error>;

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Answer<String>;
}

fn main() {}
