//! sources: ours

struct Shortage;

#[derive(feign::ErrorMap)]
enum E {
    #[status(409)]
    A(Shortage),
    #[otherwise]
    Other(feign::Error),
}

fn main() {}
