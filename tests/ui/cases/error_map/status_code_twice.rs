//! sources: issue:same-status-and-code-twice

#[derive(feign::ErrorMap)]
#[code("/code")]
enum E {
    #[status(409, code = 7)]
    A,
    #[status(409, code = "7")]
    B,
    #[otherwise]
    Other(feign::Error),
}

fn main() {}
