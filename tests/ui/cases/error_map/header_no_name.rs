//! sources: ours

#[derive(feign::ErrorMap)]
enum E {
    #[status(409)]
    A(#[header] String),
    #[otherwise]
    Other(feign::Error),
}

fn main() {}
