//! What a lease has to tell: pure, so that every order of events can be tried.

use crate::api::{Written, now};
use crate::model::Status;

/// What is said of an instance, and what the servers have heard of it.
#[derive(Debug, Default)]
pub(super) struct State {
    /// As it is registered; its status is never `OUT_OF_SERVICE` unless we register while we are.
    pub(super) written: Written,
    /// The status that is meant.
    pub(super) want: Status,
    /// Whether a server knows the instance, as far as we heard.
    pub(super) is_registered: bool,
    /// Whether it was ever told: then it has to be taken back.
    pub(super) was_sent: bool,
    /// Whether a server has ever answered that it is registered.
    was_heard: bool,
    /// Whether we have taken it out of service there.
    is_out: bool,
    /// Whether we ever had: then an override that is read may be ours.
    pub(super) was_out: bool,
    /// The `lastDirtyTimestamp` that was told last: a server answers 404 to a newer one.
    pub(super) told: i64,
    /// What is to be told is told at once.
    pub(super) is_urgent: bool,
    pub(super) ending: bool,
}

/// The next thing to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Duty {
    /// Everything.
    Register,
    /// That it is out of service. Not by registering: a server keeps `UP` then (its rule `LeaseExists`).
    TakeOut,
    /// That it is so no more.
    BringBack,
    /// That it has gone.
    Cancel,
}

impl State {
    pub(super) fn new(written: Written) -> Self {
        let mut state = Self { want: written.status, written, ..Self::default() };
        state.touch();
        state
    }

    /// Returns what is to be told, and whether it may have to wait for its turn.
    pub(super) fn duty(&self) -> Option<(Duty, bool)> {
        let may_wait = !self.is_urgent;
        let is_out = self.want == Status::OutOfService;
        if self.ending {
            Some((Duty::Cancel, false))
        } else if !self.is_registered {
            Some((Duty::Register, false))
        } else if is_out && !self.is_out {
            Some((Duty::TakeOut, may_wait))
        } else if !is_out && self.is_out {
            Some((Duty::BringBack, may_wait))
        } else if self.told != self.written.last_dirty {
            Some((Duty::Register, may_wait))
        } else {
            None
        }
    }

    pub(super) fn set_status(&mut self, status: Status) {
        self.want = status;
        if status != Status::OutOfService && self.written.status != status {
            self.written.status = status;
            self.touch();
        }
    }

    /// Takes it out of service, without waiting for a turn.
    pub(super) fn take_out_now(&mut self) {
        self.set_status(Status::OutOfService);
        self.is_urgent = true;
    }

    pub(super) fn set_metadata(&mut self, key: &str, value: Option<&str>) {
        if self.written.metadata.get(key).map(String::as_str) == value {
            return;
        }
        match value {
            Some(value) => drop(self.written.metadata.insert(key.to_owned(), value.to_owned())),
            None => drop(self.written.metadata.remove(key)),
        }
        self.touch();
    }

    /// Returns what is registered now. `overridden` is what an operator made of it.
    ///
    /// While it is out of service it is registered so, as an override: else a server that has lost it
    /// would list it as `UP`, and one that has not would not take it back by `BringBack`.
    pub(super) fn registration(&self, overridden: Status) -> Written {
        let mut written = self.written.clone();
        written.overridden = overridden;
        if self.want == Status::OutOfService {
            written.status = self.want;
            written.overridden = self.want;
        }
        written
    }

    /// Notes that a server has heard everything of `written`; returns whether one had before.
    pub(super) fn registered(&mut self, written: &Written) -> bool {
        self.is_registered = true;
        self.told = written.last_dirty;
        self.is_out = written.status == Status::OutOfService;
        self.was_out |= self.is_out;
        std::mem::replace(&mut self.was_heard, true)
    }

    pub(super) fn taken_out(&mut self) {
        self.is_out = true;
        self.was_out = true;
    }

    pub(super) fn brought_back(&mut self) {
        self.is_out = false;
    }

    /// Notes what a server has in place of what it was sent: a record that says it is newer, from an
    /// earlier life of the instance whose clock was ahead of ours. The next one is newer still.
    pub(super) fn outdated_by(&mut self, newer: i64) {
        self.written.last_dirty = self.written.last_dirty.max(newer);
        self.touch();
    }

    /// Notes that a server does not know the instance: it is registered again, as something new.
    pub(super) fn lost(&mut self) {
        self.is_registered = false;
        self.touch();
    }

    /// There is something new to tell. Each `lastDirtyTimestamp` is later than the one before, whatever
    /// the clock does: servers ignore older ones.
    fn touch(&mut self) {
        self.written.last_dirty = now().max(self.written.last_dirty.saturating_add(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registered() -> State {
        let mut state = State::new(Written { status: Status::Up, ..Written::default() });
        assert_eq!(state.duty(), Some((Duty::Register, false)));
        assert!(!state.registered(&state.registration(Status::Unknown)), "for the first time");
        assert_eq!(state.duty(), None);
        state
    }

    #[test]
    fn out_of_service_is_an_override() {
        let mut state = registered();
        state.set_status(Status::OutOfService);
        assert_eq!(state.duty(), Some((Duty::TakeOut, true)));
        state.taken_out();
        assert_eq!(state.duty(), None);
        state.set_status(Status::Up);
        assert_eq!(state.duty(), Some((Duty::BringBack, true)));
        state.brought_back();
        assert_eq!(state.duty(), None);
    }

    #[test]
    fn lost_while_it_is_out_of_service() {
        let mut state = registered();
        state.set_status(Status::OutOfService);
        state.taken_out();
        state.lost();
        assert_eq!(state.duty(), Some((Duty::Register, false)));
        let written = state.registration(Status::Unknown);
        assert_eq!(
            (written.status, written.overridden),
            (Status::OutOfService, Status::OutOfService)
        );
        assert!(state.registered(&written));
        assert_eq!(state.duty(), None);
        state.set_status(Status::Down);
        assert_eq!(state.duty(), Some((Duty::BringBack, true)));
        state.brought_back();
        assert_eq!(state.duty(), Some((Duty::Register, true)));
    }

    #[test]
    fn timestamps_only_rise() {
        let mut state = registered();
        // As if the clock were set back by an hour.
        state.written.last_dirty += 3_600_000;
        let mut last = state.written.last_dirty;
        for turn in 0..10 {
            match turn % 3 {
                0 => state.lost(),
                1 => state.set_metadata("turn", Some(&turn.to_string())),
                _ => state.set_status(if turn % 2 == 0 { Status::Down } else { Status::Up }),
            }
            assert!(state.written.last_dirty > last, "{turn}");
            last = state.written.last_dirty;
        }
        state.set_metadata("turn", Some("7"));
        assert_eq!(state.written.last_dirty, last, "nothing new was said");
    }

    #[test]
    fn what_is_urgent_does_not_wait() {
        let mut state = registered();
        state.take_out_now();
        assert_eq!(state.duty(), Some((Duty::TakeOut, false)));
        state.ending = true;
        assert_eq!(state.duty(), Some((Duty::Cancel, false)));
    }
}
