//! `results.json`: the findings, numbers in the shortest digits that read back, `null` where undefined.

use crate::analysis::findings::Findings;
use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};
use std::io;

/// The findings as `results.json`: objects over several lines, lists of numbers on one.
///
/// # Errors
/// None for findings of a run: keys are texts and every value has a JSON form.
pub fn results(findings: &Findings) -> Result<Vec<u8>, serde_json::Error> {
    document(findings)
}

/// Anything as a JSON document in the same layout.
///
/// # Errors
/// If a key is no text; numbers that are not finite become `null`.
pub fn document(of: &impl Serialize) -> Result<Vec<u8>, serde_json::Error> {
    let mut bytes = Vec::new();
    let layout = Layout(PrettyFormatter::new());
    of.serialize(&mut Serializer::with_formatter(&mut bytes, layout))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Reads `results.json`; weekly series are not part of it.
///
/// # Errors
/// If the text is no JSON or has not the shape of format 1.
pub fn read(bytes: &[u8]) -> Result<Findings, serde_json::Error> {
    serde_json::from_slice(bytes)
}

/// Objects as serde_json lays them out, lists on one line.
struct Layout(PrettyFormatter<'static>);

impl Formatter for Layout {
    fn begin_array_value<W: ?Sized + io::Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        to.write_all(if first { b"" } else { b", " })
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.0.begin_object(to)
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.0.end_object(to)
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(to, first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.0.begin_object_value(to)
    }

    fn end_object_value<W: ?Sized + io::Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.0.end_object_value(to)
    }
}
