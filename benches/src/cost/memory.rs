//! The peak of memory of an upload, which must not grow with the file.

use crate::callgrind::Measured;
use feign_benches::{Marks, Result, Table};

/// How much more memory a file may take that is ten times as large, in KiB: what one run differs from the next by.
const GROWTH: f64 = 1_024.0;

/// Prints the peaks and holds ours to the mark.
pub(crate) fn hold(marks: &mut Marks, measured: &Measured) -> Result<()> {
    let by_hand = peaks(measured, "reqwest")?;
    let ours = peaks(measured, "feign-on-reqwest")?;
    let mut table = Table::new(&["peak memory of an upload, KiB", "1 MB", "10 MB"]);
    for (title, peaks) in [("reqwest, as people write it", by_hand), ("feign", ours)] {
        let [small, large] = peaks.map(|peak| format!("{peak:.0}"));
        table.push(vec![title.to_owned(), small, large]);
    }
    println!("{table}");
    marks.at_most(GROWTH, "KiB that ten times the file takes more", ours[1] - ours[0]);
    Ok(())
}

fn peaks(measured: &Measured, row: &str) -> Result<[f64; 2]> {
    Ok([measured.peak(row, "UPLOAD-1")?, measured.peak(row, "UPLOAD-10")?])
}
