//! sources: issue:same-query-name-after-rename

#[feign::client(rename_all = "camelCase")]
trait Items {
    #[get("/items")]
    async fn item(
        &self,
        #[query] page_size: u32,
        #[query("pageSize")] size: u32,
    ) -> Result<String, feign::Error>;
}

fn main() {}
