//! sources: issue:unknown-key

#[derive(feign::Param)]
#[param(rename = "sort")]
enum Sort {
    Newest,
}

fn main() {}
