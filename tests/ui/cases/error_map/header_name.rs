//! sources: issue:bad-header-name

#[derive(feign::ErrorMap)]
enum E {
    #[status(409)]
    A(#[header("x code")] String),
    #[otherwise]
    Other(feign::Error),
}

fn main() {}
