//! sources: ours

struct Code;

#[derive(feign::ErrorMap)]
enum E {
    #[status(409)]
    A(#[header("x-code")] Option<Code>),
    #[otherwise]
    Other(feign::Error),
}

fn main() {}
