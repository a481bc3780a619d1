//! sources: ours

#[derive(feign::ErrorMap)]
#[code(error)]
enum E {
    #[status(409, code = "A")]
    A,
    #[otherwise]
    Other(feign::Error),
}

fn main() {}
