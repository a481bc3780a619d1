//! sources: issue:no-otherwise

#[derive(feign::ErrorMap)]
enum E {
    #[status(409)]
    A,
}

fn main() {}
