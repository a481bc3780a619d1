//! What is called, and in which ways.

/// A way to make the calls.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    /// Whether it is ours, and held to the first row.
    pub(crate) held: bool,
}

/// A call, to be made in several ways; the first one is what the others are compared with.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    pub(crate) rows: &'static [Row],
    /// How many calls are measured; twice as many are made besides.
    pub(crate) count: u32,
    /// The mark of our instructions, as a share of those by hand.
    pub(crate) ratio: f64,
    pub(crate) holds_allocations: bool,
}

const BY_HAND: Row = Row { name: "reqwest", title: "reqwest, as people write it", held: false };
const HYPER: Row = Row { name: "hyper", title: "hyper-util, by hand", held: false };
const ON_REQWEST: Row =
    Row { name: "feign-on-reqwest", title: "feign, the same reqwest client", held: true };
const BY_DEFAULT: Row = Row { name: "feign", title: "feign, its default transport", held: true };

/// Found by a source, and taken in turn.
const OF_3: Row =
    Row { name: "feign-3", title: "feign, its default transport, 3 endpoints", held: true };
const OF_1000: Row =
    Row { name: "feign-1000", title: "feign, its default transport, 1000 endpoints", held: true };

/// Answered in memory.
const UNSEEN: Row = Row { name: "log-off", title: "no subscriber", held: false };
const FILTERED: Row =
    Row { name: "log-filtered", title: "`basic`, the filter wants others' events", held: true };
const BASIC: Row = Row { name: "log-basic", title: "`basic`, as `fmt` writes it", held: false };
const HEADERS: Row =
    Row { name: "log-headers", title: "`headers`, as `fmt` writes it", held: false };
const BODY: Row = Row { name: "log-body", title: "`body`, as `fmt` writes it", held: false };

pub(crate) const CALLS: &[Call] = &[
    small("GET", "GET, 150 bytes back", &[BY_HAND, HYPER, ON_REQWEST, BY_DEFAULT, OF_3, OF_1000]),
    small("POST", "POST, 300 bytes each way", &[BY_HAND, HYPER, ON_REQWEST, BY_DEFAULT]),
    Call {
        ratio: 1.02,
        ..small("LOG", "GET in memory, logged", &[UNSEEN, FILTERED, BASIC, HEADERS, BODY])
    },
    body("JSON", "100 KB of JSON each way", 10),
    body("FORM", "form of 100 bytes", 500),
    body("UPLOAD-10", "multipart with a file of 10 MB", 2),
    // Ours limits how long a stream may idle, which reqwest's default client does not; that is 1.02 by the
    // functions' own counts. How often the client is woken is up to the sockets and to what else the
    // machine does, so a run is off by 0.03, and by 0.1 beside other work.
    Call { ratio: 1.15, ..body("DOWNLOAD", "10 MB as a stream", 20) },
    body("NDJSON", "10 000 items of NDJSON", 2),
];

/// A call whose cost is the call itself.
const fn small(name: &'static str, title: &'static str, rows: &'static [Row]) -> Call {
    Call { name, title, rows, count: 500, ratio: 1.0, holds_allocations: true }
}

/// A call whose cost is its body. The larger it is, the fewer calls tell it.
const fn body(name: &'static str, title: &'static str, count: u32) -> Call {
    Call { name, title, rows: &[BY_HAND, ON_REQWEST], count, ratio: 1.02, holds_allocations: false }
}
