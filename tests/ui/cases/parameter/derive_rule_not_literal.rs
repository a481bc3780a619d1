//! sources: issue:unknown-key

#[derive(feign::Param)]
#[param(rename_all = kebab)]
enum Sort {
    Newest,
}

fn main() {}
