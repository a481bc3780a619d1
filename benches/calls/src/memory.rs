//! The peak of this process's memory.

use crate::Result;
use std::fs;

/// Returns the most memory that was resident at once, in KiB.
pub(crate) fn peak() -> Result<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.and_then(|peak| peak.trim().strip_suffix(" kB"));
    Ok(peak.ok_or("the kernel does not tell the peak of memory")?.parse()?)
}
