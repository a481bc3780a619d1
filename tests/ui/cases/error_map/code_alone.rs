//! sources: ours

#[derive(feign::ErrorMap)]
#[code("/code")]
enum E {
    #[status(code = "OUT_OF_STOCK")]
    A,
    #[otherwise]
    Other(feign::Error),
}

fn main() {}
