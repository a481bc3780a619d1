//! An observer that writes down the `Debug` of everything.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use feign::observe::{
    AttemptEnded, AttemptStarted, CallEnded, CallStarted, Discovery, Observer, Pick,
};

#[derive(Clone, Default)]
pub(super) struct Told(Arc<Mutex<String>>);

impl Told {
    pub(super) fn text(&self) -> String {
        self.0.lock().unwrap().clone()
    }
}

impl Observer for Told {
    fn call_started(&self, event: &CallStarted<'_>) {
        writeln!(self.0.lock().unwrap(), "{event:?}").unwrap();
    }

    fn call_ended(&self, event: &CallEnded<'_>) {
        writeln!(self.0.lock().unwrap(), "{event:?}").unwrap();
    }

    fn picked(&self, event: &Pick<'_>) {
        writeln!(self.0.lock().unwrap(), "{event:?}").unwrap();
    }

    fn attempt_started(&self, event: &AttemptStarted<'_>) {
        writeln!(self.0.lock().unwrap(), "{event:?}").unwrap();
    }

    fn attempt_ended(&self, event: &AttemptEnded<'_>) {
        writeln!(self.0.lock().unwrap(), "{event:?}").unwrap();
    }

    fn discovered(&self, event: &Discovery<'_>) {
        writeln!(self.0.lock().unwrap(), "{event:?}").unwrap();
    }
}
