//! sources: ours

#[derive(feign::ErrorMap)]
enum E {
    #[status(409, code = "OUT_OF_STOCK")]
    A,
    #[status(409, code = "GONE")]
    B,
    #[otherwise]
    Other(feign::Error),
}

fn main() {}
