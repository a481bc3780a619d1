//! sources: issue:from-beside-map

#[derive(Debug, thiserror::Error, feign::ErrorMap)]
enum E {
    #[error(transparent)]
    #[error_map(skip)]
    Own(#[from] feign::Error),
    #[error("other")]
    #[otherwise]
    Other(feign::Error),
}

fn main() {}
