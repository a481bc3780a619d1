//! sources: ours

#[derive(feign::ErrorMap)]
enum E {
    #[status(409)]
    A,
    #[otherwise]
    Other { status: Option<feign::StatusCode>, body: feign::Bytes },
}

fn main() {}
