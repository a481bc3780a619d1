//! sources: issue:same-status-and-code-twice

#[derive(feign::ErrorMap)]
enum E {
    #[status(4xx)]
    A,
    #[status(500, 4xx)]
    B,
    #[otherwise]
    Other(feign::Error),
}

fn main() {}
