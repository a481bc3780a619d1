//! What is logged of calls, and what never is.

mod bodies;
mod canary;
mod collector;
mod forged;
mod leaks;
mod levels;
mod lines;
mod nothing;
mod observer;

use collector::Collector;
