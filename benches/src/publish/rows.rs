//! What is published, and in which ways.

/// A way to publish an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Row {
    ByHand,
    Declared,
}

impl Row {
    pub(crate) const ALL: [Self; 2] = [Self::ByHand, Self::Declared];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::ByHand => "by-hand",
            Self::Declared => "declared",
        }
    }

    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::ByHand => "rdkafka and serde_json, by hand",
            Self::Declared => "feign",
        }
    }
}

/// What is done with how large an event.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Case {
    pub(crate) how: &'static str,
    pub(crate) size: u32,
    pub(crate) title: &'static str,
}

pub(crate) const WINDOW: Case = Case { how: "window", size: 100, title: "1 000 in flight, 100 B" };
pub(crate) const LARGE: Case = Case { how: "window", size: 1_024, title: "1 000 in flight, 1 KiB" };
pub(crate) const HEADERS: Case =
    Case { how: "headers", size: 100, title: "1 000 in flight, 100 B, 2 headers" };
pub(crate) const EACH: Case = Case { how: "each", size: 100, title: "each awaited, 100 B" };

impl Case {
    /// The arguments of the measured program.
    pub(crate) fn arguments(&self, row: Row, count: u32, servers: &str) -> Vec<String> {
        let (size, count) = (self.size.to_string(), count.to_string());
        [row.name(), self.how, &size, &count, servers].map(str::to_owned).into()
    }
}
