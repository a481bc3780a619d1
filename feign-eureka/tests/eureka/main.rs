//! Both sides of the registry, against its double: without sockets on a paused clock, and with them
//! where bytes matter.

mod bad_input;
mod double;
mod fetch;
mod golden;
mod lease;
mod leaving;
mod lookup;
mod properties;
mod reading;
mod said;
mod script;
mod servers;
mod support;
