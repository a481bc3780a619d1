//! sources: ours

const CODE: &str = "OUT_OF_STOCK";

#[derive(feign::ErrorMap)]
#[code("/code")]
enum E {
    #[status(409, code = CODE)]
    A,
    #[status(409, code = "GONE")]
    B,
    #[otherwise]
    Other(feign::Error),
}

fn main() {}
