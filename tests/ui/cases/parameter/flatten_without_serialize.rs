//! sources: ours

struct Filter;

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self, #[query(flatten)] filter: &Filter) -> Result<String, feign::Error>;
}

fn main() {}
