//! sources: issue:unknown-key

#[derive(feign::Param)]
#[param(rename_all = "camelcase")]
enum Sort {
    NewestFirst,
}

fn main() {}
