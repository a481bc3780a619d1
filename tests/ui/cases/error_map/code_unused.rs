//! sources: ours

#[derive(feign::ErrorMap)]
#[code("/code")]
enum E {
    #[status(409)]
    A,
    #[otherwise]
    Other(feign::Error),
}

fn main() {}
