//! sources: ours
//! mistakes: 7

#[derive(feign::ErrorMap)]
#[code("code")]
enum E<'a> {
    #[status(4x, 409, cod = "A")]
    A(&'a str),
    #[status(409)]
    B(#[header("a b")] String),
    C,
}

fn main() {}
