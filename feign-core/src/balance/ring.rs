//! Which endpoint a key belongs to, as long as that is there.

use super::context::{hash_of, mix};
use crate::discover::Endpoint;

/// How many points each endpoint has: its share of the keys is off by 1/√160 = 8 % on the average.
const POINTS: u64 = 160;

/// A ring of hashes on which each endpoint has points; a key belongs to the point behind it. The same
/// in every process, as only the ids count. When an endpoint leaves, its keys move and no others; when one
/// joins, only those that it gets.
#[derive(Debug)]
pub(super) struct Ring {
    points: Box<[Point]>,
    /// Where the points of each part of the ring begin: there are as many parts as points, or nearly.
    parts: Box<[u32]>,
    shift: u32,
}

#[derive(Clone, Copy, Debug)]
struct Point {
    at: u32,
    owner: u32,
}

impl Ring {
    pub(super) fn new(endpoints: &[Endpoint]) -> Self {
        let mut all = Vec::with_capacity(endpoints.len().saturating_mul(POINTS as usize));
        for (owner, endpoint) in (0..).zip(endpoints) {
            let hash = hash_of(endpoint.id().as_bytes());
            let point =
                |point: u64| mix(hash.wrapping_add(point.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
            all.extend((0..POINTS).map(|at| (point(at), owner)));
        }
        all.sort_unstable();
        let points = all.into_iter().map(|(at, owner)| Point { at: (at >> 32) as u32, owner });
        let points: Box<[Point]> = points.collect();
        let bits = points.len().max(2).ilog2();
        let mut parts = vec![0; 1 << bits];
        let mut next = 0;
        for (part, begin) in parts.iter_mut().enumerate() {
            while points.get(next).is_some_and(|point| ((point.at >> (32 - bits)) as usize) < part)
            {
                next += 1;
            }
            *begin = u32::try_from(next).unwrap_or(u32::MAX);
        }
        Self { points, parts: parts.into(), shift: 32 - bits }
    }

    /// The owner of a key, and those that come after it, each as often as it has points.
    pub(super) fn owners(&self, key: u64) -> impl Iterator<Item = usize> {
        let at = (key >> 32) as u32;
        let part = self.parts.get((at >> self.shift) as usize).map_or(0, |begin| *begin as usize);
        let behind = self.points.get(part..).unwrap_or_default();
        let skipped = behind.iter().take_while(|point| point.at < at).count();
        let (before, behind) = self.points.split_at_checked(part + skipped).unwrap_or_default();
        behind.iter().chain(before).map(|point| point.owner as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::Ring;
    use crate::balance::{hash_of, mix};
    use crate::discover::Endpoint;

    #[test]
    fn a_key_belongs_to_the_point_behind_it() {
        let endpoints: Vec<_> =
            (0..37).map(|host| Endpoint::new(&format!("http://h{host}")).unwrap()).collect();
        let ring = Ring::new(&endpoints);
        let edges = [0, u64::MAX, 1 << 32, u64::MAX << 32];
        for key in (0..2000).map(mix).chain(edges) {
            let at = (key >> 32) as u32;
            let slow = ring.points.iter().find(|point| point.at >= at).or(ring.points.first());
            assert_eq!(ring.owners(key).next(), slow.map(|point| point.owner as usize));
            assert_eq!(ring.owners(key).count(), ring.points.len());
        }
        assert_eq!(Ring::new(&[]).owners(hash_of(b"x")).next(), None);
    }
}
