//! In which order endpoints of unequal weight take their turns.

use std::collections::{BTreeMap, VecDeque};

use crate::discover::Endpoint;

/// Schedules are as long as the sum of the weights, or so long where that is more: at least this, and
/// this for each endpoint. Weights are then rounded to what fits.
const LONGEST: u64 = 4096;
const LONGEST_EACH: u64 = 16;

/// The turns of smooth weighted round robin (nginx): in each round as many of an endpoint as its
/// weight says, and these as far apart as can be. `None` where all weights are the same.
pub(super) fn schedule(endpoints: &[Endpoint]) -> Option<Box<[u32]>> {
    let first = endpoints.first()?.weight();
    if endpoints.iter().all(|endpoint| endpoint.weight() == first) {
        return None;
    }
    let weights = fitting(endpoints.iter().map(|endpoint| u64::from(endpoint.weight())).collect());
    let total: u64 = weights.iter().sum();
    // Of those of one weight, the one that has waited longest lags most: only that is looked at.
    let mut queues: BTreeMap<u64, VecDeque<(u32, u64)>> = BTreeMap::new();
    for (index, weight) in (0..).zip(weights) {
        queues.entry(weight).or_default().push_back((index, 0));
    }
    (1..=total).map(|turn| next(&mut queues, total, turn)).collect()
}

/// Takes the endpoint that is furthest behind what it should have had by this turn; of several, the
/// first.
fn next(queues: &mut BTreeMap<u64, VecDeque<(u32, u64)>>, total: u64, turn: u64) -> Option<u32> {
    let lag = |weight: u64, had: u64| i128::from(weight * turn) - i128::from(total * had);
    let fronts = queues.iter_mut().filter_map(|(weight, queue)| {
        let (index, had) = *queue.front()?;
        Some((lag(*weight, had), std::cmp::Reverse(index), queue))
    });
    let (.., queue) = fronts.max_by_key(|(lag, index, _)| (*lag, *index))?;
    let (index, had) = queue.pop_front()?;
    queue.push_back((index, had + 1));
    Some(index)
}

/// The weights without their common divisor, scaled down where a round would be too long.
fn fitting(mut weights: Vec<u64>) -> Vec<u64> {
    let divisor = weights.iter().copied().fold(0, divisor).max(1);
    for weight in &mut weights {
        *weight /= divisor;
    }
    let total: u64 = weights.iter().sum();
    let most = LONGEST.max(LONGEST_EACH * weights.len() as u64);
    if total > most {
        for weight in &mut weights {
            let scaled = (u128::from(*weight) * u128::from(most) + u128::from(total / 2))
                / u128::from(total);
            *weight = u64::try_from(scaled).unwrap_or(most).max(1);
        }
    }
    weights
}

const fn divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::{fitting, schedule};
    use crate::discover::Endpoint;

    fn scheduled(weights: &[u32]) -> Vec<u32> {
        let endpoint = Endpoint::new("http://a").unwrap();
        let endpoints: Vec<_> =
            weights.iter().map(|weight| endpoint.clone().with_weight(*weight)).collect();
        schedule(&endpoints).unwrap().into()
    }

    /// The algorithm as nginx writes it.
    fn by_the_book(weights: &[u32]) -> Vec<u32> {
        let total: i64 = weights.iter().map(|weight| i64::from(*weight)).sum();
        let mut current = vec![0; weights.len()];
        let mut turn = || {
            for (current, weight) in current.iter_mut().zip(weights) {
                *current += i64::from(*weight);
            }
            let best = (0..weights.len()).rev().max_by_key(|index| current[*index]).unwrap();
            current[best] -= total;
            best as u32
        };
        (0..total).map(|_| turn()).collect()
    }

    #[test]
    fn turns_are_those_of_nginx() {
        assert_eq!(scheduled(&[5, 1, 1]), [0, 0, 1, 0, 2, 0, 0]);
        for weights in
            [&[3, 2][..], &[1, 2, 3, 4, 5], &[50, 1, 1, 1, 1, 1, 1], &[7, 7, 3, 7, 3, 11]]
        {
            assert_eq!(scheduled(weights), by_the_book(weights), "{weights:?}");
        }
    }

    #[test]
    fn rounds_are_bounded_and_keep_proportions() {
        assert_eq!(fitting(vec![300, 200, 100]), [3, 2, 1]);
        let heavy = u64::from(u32::MAX);
        assert_eq!(fitting(vec![heavy, 1]), [4096, 1]);
        let scaled = fitting(vec![heavy, heavy / 2]);
        assert!(scaled.iter().sum::<u64>() <= 4098 && scaled[0] / scaled[1] == 2, "{scaled:?}");
        let many: Vec<u64> = (1..=1000).map(|weight| weight * 7919).collect();
        assert!(fitting(many).iter().sum::<u64>() <= 17_000);
    }
}
