//! sources: issue:from-beside-map

#[derive(Debug, thiserror::Error, feign::ErrorMap)]
#[error(transparent)]
struct E(#[from] feign::Error);

fn main() {}
