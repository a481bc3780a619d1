//! sources: ours

#[feign::client]
struct Items;

fn main() {}
