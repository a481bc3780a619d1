//! sources: ours

#[derive(feign::Param)]
enum Sort {
    #[param(rename = "new")]
    Newest,
    #[param(rename = "new")]
    Freshest,
}

fn main() {}
