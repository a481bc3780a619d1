//! What is measured.

/// Among how many endpoints.
pub(crate) const SIZES: [u32; 4] = [3, 10, 100, 1_000];

/// A way to pick.
#[derive(Debug)]
pub(crate) struct Row {
    /// One of ours has the name of its function.
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    /// The mark of our instructions, as a share of the first row's.
    pub(crate) share: Option<f64>,
}

impl Row {
    pub(crate) const fn is_ours(&self) -> bool {
        self.share.is_some()
    }
}

/// The first one is what the others are compared with.
pub(crate) const ROWS: &[Row] = &[
    Row { name: "peak-ewma", title: "tower, PeakEwma", share: None },
    Row { name: "pending-requests", title: "tower, PendingRequests", share: None },
    // 1/40 was aimed at, and 1/4 for ewma: docs/decisions.md says what is in the way.
    ours("round_robin", 0.09),
    ours("random", 0.25),
    ours("weighted", 0.25),
    ours("least_loaded", 0.25),
    ours("ewma", 0.32),
    ours("hash", 0.25),
    ours("sticky", 0.25),
];

const fn ours(name: &'static str, share: f64) -> Row {
    Row { name, title: name, share: Some(share) }
}
