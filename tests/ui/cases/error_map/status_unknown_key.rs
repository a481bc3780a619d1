//! sources: issue:unknown-key

#[derive(feign::ErrorMap)]
#[code("/code")]
enum E {
    #[status(409, code = "A")]
    A,
    #[status(409, cod = "B")]
    B,
    #[otherwise]
    Other(feign::Error),
}

fn main() {}
