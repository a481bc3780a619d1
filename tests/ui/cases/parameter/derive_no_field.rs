//! sources: ours

#[derive(feign::Param)]
struct Sku;

fn main() {}
