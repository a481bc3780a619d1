//! sources: ours

struct Shortage;

#[derive(feign::ErrorMap)]
enum E {
    #[status(409)]
    A(feign::Json<Shortage>),
    #[otherwise]
    Other(feign::Error),
}

fn main() {}
