//! The room of a record that was sent, kept for the next one of the same thread.

use std::cell::Cell;

use super::record::Inner;

/// A thread keeps no more than this.
const MOST_BYTES: usize = 4 << 10;
const MOST_HEADERS: usize = 32;

thread_local! {
    static SPARE: Cell<Option<Box<Inner>>> = const { Cell::new(None) };
}

/// Returns what was kept, empty.
pub(super) fn take() -> Option<Box<Inner>> {
    // A thread that ends has nothing any more.
    SPARE.try_with(Cell::take).ok().flatten()
}

pub(super) fn keep(mut inner: Box<Inner>) {
    if inner.buffer.capacity() <= MOST_BYTES && inner.headers.capacity() <= MOST_HEADERS {
        inner.clear();
        let _ = SPARE.try_with(|spare| spare.set(Some(inner)));
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::super::record::Record;
    use super::*;

    fn full() -> Record {
        let mut record = Record::new("orders".to_owned())
            .with_key("1")
            .with_partition_key("2")
            .with_payload("{}")
            .with_header("a", "b")
            .with_partition(3)
            .with_timestamp(4);
        record.inner.event = Some("Orders.created");
        record
    }

    #[test]
    fn what_is_kept_is_the_room_and_nothing_of_the_event() {
        full().recycle();
        let next = Record::in_kept_room(Cow::Borrowed("bills"));
        assert!(next.inner.buffer.capacity() > 0);
        assert!(next.inner.headers.capacity() > 0);
        assert_eq!((&next, next.event()), (&Record::new("bills"), None));
        assert!(take().is_none(), "it is given once");
    }

    #[test]
    fn a_large_one_is_not_kept() {
        full().with_payload(vec![0; MOST_BYTES]).recycle();
        assert!(take().is_none());
    }
}
