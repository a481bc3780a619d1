//! What a policy is told of a pick.

use std::marker::PhantomData;

use tokio::time::Instant;

use super::Tick;

/// What belongs to one pick: whose turn it is, chance, the key of the call.
#[derive(Debug)]
pub struct PickContext<'a> {
    pub(crate) turn: u64,
    pub(crate) seed: u64,
    pub(crate) drawn: u64,
    pub(crate) key: Option<u64>,
    pub(crate) client: u64,
    pub(crate) epoch: Instant,
    pub(crate) now: Option<Tick>,
    pub(crate) tried: Tried,
    /// What it will borrow some day shall change nothing for those who implement a policy.
    pub(crate) scope: PhantomData<&'a ()>,
}

impl PickContext<'_> {
    /// Returns how many picks were made from this set of endpoints before this one. It goes on
    /// counting when the set changes, and begins anywhere, so that not every process begins with the
    /// same endpoint.
    #[must_use]
    pub const fn turn(&self) -> u64 {
        self.turn
    }

    /// Draws a number from 0 up to but not including `below`; 0 if `below` is 0. Repeatable where the
    /// hub has a [seed](crate::HubBuilder::seed).
    #[expect(clippy::cast_possible_truncation, reason = "smaller than `below`")]
    pub fn random(&mut self, below: usize) -> usize {
        self.draw_below(below as u64) as usize
    }

    /// Returns what the call is hashed by: the argument marked `#[hash_key]`, or what
    /// [`CallOptions::hash_key`](crate::CallOptions::hash_key) says.
    #[must_use]
    pub const fn hash_key(&self) -> Option<u64> {
        self.key
    }

    /// Returns a number that all calls of one client share, for affinity.
    #[must_use]
    pub const fn client(&self) -> u64 {
        self.client
    }

    /// Whether this pick has passed over an endpoint already, one that is new and spared for example.
    /// A policy that has a second choice takes it then; else the next in the set is taken.
    #[must_use]
    pub fn is_tried(&self, index: usize) -> bool {
        self.tried.contains(index)
    }

    /// The endpoint whose turn it is.
    #[expect(clippy::cast_possible_truncation, reason = "smaller than the length")]
    pub(crate) const fn in_turn(&self, length: usize) -> usize {
        (self.turn % length as u64) as usize
    }

    /// Draws a number below `below`, which is not 0.
    pub(crate) fn draw_below(&mut self, below: u64) -> u64 {
        scaled(self.draw(), below)
    }

    pub(crate) fn draw(&mut self) -> u64 {
        // Each turn has 16 numbers; who draws more takes them from turns that never come.
        let count = (self.turn << 4 | self.drawn & 15).wrapping_add((self.drawn >> 4) << 48);
        self.drawn += 1;
        mix(self.seed.wrapping_add(count.wrapping_mul(0x9e37_79b9_7f4a_7c15)))
    }

    /// Reads the clock, once per pick.
    pub(crate) fn now(&mut self) -> Tick {
        let epoch = self.epoch;
        *self.now.get_or_insert_with(|| tick(epoch, Instant::now()))
    }
}

/// The nanoseconds since `epoch`; there are enough for 584 years.
pub(crate) fn tick(epoch: Instant, now: Instant) -> Tick {
    let since = now.saturating_duration_since(epoch);
    since.as_secs().wrapping_mul(1_000_000_000) + u64::from(since.subsec_nanos())
}

/// Makes a number below `below` of any number.
pub(super) const fn scaled(number: u64, below: u64) -> u64 {
    ((number as u128 * below as u128) >> 64) as u64
}

/// The finalizer of SplitMix64.
pub(crate) const fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Hashes a text: the same on every machine and in every process (FNV-1a, finalized).
pub(crate) fn hash_of(text: &[u8]) -> u64 {
    let fnv = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    mix(text.iter().fold(0xcbf2_9ce4_8422_2325, fnv))
}

/// The indexes that a pick has passed over: the last few, as more are not drawn.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tried {
    indexes: [u32; 4],
    count: u8,
}

impl Tried {
    pub(crate) fn add(&mut self, index: usize) {
        if let (Some(slot), Ok(index)) =
            (self.indexes.get_mut(usize::from(self.count)), u32::try_from(index))
        {
            *slot = index;
            self.count += 1;
        }
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.count == 0
    }

    fn contains(&self, index: usize) -> bool {
        self.indexes.iter().take(self.count.into()).any(|tried| *tried as usize == index)
    }
}
