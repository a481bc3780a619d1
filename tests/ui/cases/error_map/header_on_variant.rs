//! sources: ours

#[derive(feign::ErrorMap)]
enum E {
    #[status(409)]
    #[header("x-code")]
    A(String),
    #[otherwise]
    Other(feign::Error),
}

fn main() {}
