//! The time that this process has been running on a processor.

use crate::Result;
use std::fs;

/// Returns the nanoseconds of all threads that are alive; none ends while something is measured.
pub(crate) fn nanoseconds() -> Result<u64> {
    let mut sum = 0;
    for thread in fs::read_dir("/proc/self/task")? {
        let times = fs::read_to_string(thread?.path().join("schedstat"))?;
        let running = times.split(' ').next().ok_or("the kernel tells no times of threads")?;
        sum += running.parse::<u64>()?;
    }
    Ok(sum)
}
