//! sources: issue:same-status-and-code-twice

#[derive(feign::ErrorMap)]
enum E {
    #[status(409)]
    A,
    #[status(404, 409)]
    B,
    #[otherwise]
    Other(feign::Error),
}

fn main() {}
