//! How much the nearest endpoints get, and how much goes on to those behind them.

use super::context::{PickContext, mix, scaled};
use super::group::WHOLE;
use super::{Balance, Tier};

/// A group keeps all of its calls while 1/1.4 of them succeed: what Envoy calls overprovisioning.
const OVERPROVISION: (u64, u64) = (14, 10);
/// What a group gets however bad it is, in percent: enough to see it recover.
const LEAST: u64 = 3;
/// How many times as much as the others have, and one more, each endpoint nearby may have to do.
const MOST: u64 = 2;

/// Hashes what calls have in common otherwise than where it finds their endpoint.
const OTHERWISE: u64 = 0x7a6f_6e65;

/// Chooses a tier by the share that each can take. The nearest takes what it can, the next of what is
/// left, and so on; where all of them together cannot take everything, each gets as much more.
pub(super) fn choose<'a>(
    tiers: &'a [Tier],
    policy: &dyn Balance,
    cx: &mut PickContext<'_>,
) -> Option<&'a Tier> {
    let nearest = tiers.first()?;
    let whole = u64::from(WHOLE);
    if share(nearest, tiers.get(1)) >= whole {
        return Some(nearest);
    }
    let total = whole - walk(tiers, |_, _| false).1;
    let at = match policy.affinity(cx) {
        Some(common) => scaled(mix(common ^ OTHERWISE), total),
        None => cx.draw_below(total),
    };
    walk(tiers, |_, end| at < end).0.or_else(|| tiers.last())
}

/// Goes through the tiers with the end of each one's share until one is found; returns it, or what
/// nobody can take.
fn walk(tiers: &[Tier], is_found: impl Fn(&Tier, u64) -> bool) -> (Option<&Tier>, u64) {
    let whole = u64::from(WHOLE);
    let mut left = whole;
    for (at, tier) in tiers.iter().enumerate() {
        left -= share(tier, tiers.get(at + 1)).min(left);
        if is_found(tier, whole - left) {
            return (Some(tier), left);
        }
    }
    (None, left)
}

/// What a tier can take: by the health of its group, and by its load beside that of the next zone.
fn share(tier: &Tier, next: Option<&Tier>) -> u64 {
    let whole = u64::from(WHOLE);
    let (more, of) = OVERPROVISION;
    let healthy = (u64::from(tier.group.succeeding()) * more / of).min(whole);
    let share = match next.filter(|next| next.rank == tier.rank) {
        Some(next) => relieved(healthy, tier, next),
        None => healthy,
    };
    share.max(whole * LEAST / 100)
}

fn relieved(share: u64, tier: &Tier, next: &Tier) -> u64 {
    // Work per endpoint, times the endpoints of both.
    let (own_size, size) = (tier.set.len() as u64, next.set.len() as u64);
    let own = u64::from(tier.group.in_flight()).saturating_mul(size);
    let most = (u64::from(next.group.in_flight()) + size).saturating_mul(own_size * MOST);
    match own > most {
        true => ((u128::from(share) * u128::from(most)) / u128::from(own)) as u64,
        false => share,
    }
}
