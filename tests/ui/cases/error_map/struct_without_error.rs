//! sources: ours

#[derive(feign::ErrorMap)]
struct E {
    #[header("x-code")]
    code: Option<u32>,
}

fn main() {}
