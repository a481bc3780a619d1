//! sources: ours

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(
        &self,
        #[query(flatten, display)] filter: &std::collections::BTreeMap<String, String>,
    ) -> Result<String, feign::Error>;
}

fn main() {}
