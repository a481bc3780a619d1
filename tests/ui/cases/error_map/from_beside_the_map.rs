//! sources: issue:from-beside-map

#[derive(Debug, thiserror::Error, feign::ErrorMap)]
enum E {
    #[error("a")]
    #[status(409)]
    A,
    #[error(transparent)]
    #[otherwise]
    Other(#[from] feign::Error),
}

fn call() -> Result<(), E> {
    Err(feign::Error::timeout())?
}

fn main() {}
