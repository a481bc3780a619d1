//! What an argument may be, and how it is written.

mod derived;
mod features;
mod flatten;
mod marked;
mod names;
mod standard;
mod styles;

type Answer = Result<(), feign::Error>;
