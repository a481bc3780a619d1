//! sources: ours

#[derive(feign::Param)]
struct Sku(String, u32);

fn main() {}
