//! sources: ours

#[derive(feign::ErrorMap)]
enum E {
    #[status(409)]
    #[code("/code")]
    A,
    #[otherwise]
    Other(feign::Error),
}

fn main() {}
