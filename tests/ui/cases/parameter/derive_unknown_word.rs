//! sources: issue:unknown-key

#[derive(feign::Param)]
#[param(lowercase)]
enum Sort {
    Newest,
}

fn main() {}
