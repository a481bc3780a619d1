//! sources: issue:unknown-key

#[derive(feign::Param)]
enum Sort {
    #[param(renam = "new")]
    Newest,
}

fn main() {}
