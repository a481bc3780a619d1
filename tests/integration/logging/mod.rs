//! What is logged of calls, and what never is.

mod bodies;
mod canary;
mod collector;
mod curl;
mod discovery;
mod forged;
mod leaks;
mod levels;
mod lines;
mod nothing;
mod observer;
mod redaction;

use collector::Collector;
