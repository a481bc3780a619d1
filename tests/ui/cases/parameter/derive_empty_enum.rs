//! sources: ours

#[derive(feign::Param)]
enum Sort {}

fn main() {}
