//! sources: ours

struct Filter;

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self, #[query(serde)] filter: &Filter) -> Result<String, feign::Error>;
}

fn main() {}
