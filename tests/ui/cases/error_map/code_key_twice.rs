//! sources: ours

#[derive(feign::ErrorMap)]
#[code("/code")]
enum E {
    #[status(409, code = "A", code = "B")]
    A,
    #[otherwise]
    Other(feign::Error),
}

fn main() {}
