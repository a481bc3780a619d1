//! sources: peers:path-argument-not-in-template, retrofit:pathParamNonPathParamAndTypedBytes, microprofile:argument-without-template

#[feign::client]
trait Items {
    #[put("/items/{a}")]
    async fn item(&self, a: u32, #[path] b: u32, #[body] c: u32) -> Result<String, feign::Error>;
}

fn main() {}
