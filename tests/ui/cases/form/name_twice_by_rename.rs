//! sources: ours

#[feign::client(rename_all = "camelCase")]
trait Items {
    #[post("/items")]
    async fn item(&self, #[form] page_size: u32, #[form("pageSize")] size: u32) -> Result<String, feign::Error>;
}

fn main() {}
