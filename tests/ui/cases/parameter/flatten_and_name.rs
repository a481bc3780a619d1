//! sources: ours

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(
        &self,
        #[query("filter", flatten)] filter: &std::collections::BTreeMap<String, String>,
    ) -> Result<String, feign::Error>;
}

fn main() {}
