//! sources: ours

#[derive(feign::Param)]
enum Sort {
    Newest,
    By(String),
}

fn main() {}
