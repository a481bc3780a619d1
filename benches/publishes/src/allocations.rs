//! A global allocator that counts for each thread by itself: librdkafka's threads call back into Rust too.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
};

#[global_allocator]
static COUNTING: Counting = Counting;

thread_local! {
    // Of a constant and without a destructor: asking for it asks for no memory.
    static COUNT: Cell<u64> = const { Cell::new(0) };
}

/// Returns how often this thread has asked for memory; growing a buffer counts again. C is not counted.
pub(crate) fn count() -> u64 {
    COUNT.get()
}

fn asked() {
    COUNT.set(COUNT.get() + 1);
}

struct Counting;

#[expect(
    unsafe_code,
    reason = "`GlobalAlloc` is an unsafe trait; all goes to the system's allocator as it came"
)]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        asked();
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        asked();
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, old: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        asked();
        unsafe { System.realloc(old, layout, size) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        unsafe { System.dealloc(memory, layout) }
    }
}
