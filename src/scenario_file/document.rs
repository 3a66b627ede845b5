//! A scenario document: read, validated, hashed.

use super::checks;
use super::diagnostic::{Diagnostic, Report, Severity, render};
use super::feasible;
use super::parse::parse;
use super::reader::{Names, Reader};
use super::section::{Named, Section};
use super::sections::{
    actuals, budget, channels, environment, feedback, finance, plans, roles, scenario, segments, today, work,
};
use super::source::{Sources, Span};
use super::tree::{Table, canonical};
use crate::model::parameters::Assumed;
use crate::model::scenario::Scenario;
use crate::outcome::aim::Aim;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// A scenario and how it is to be simulated.
#[derive(Debug, Clone)]
pub struct Document {
    /// The scenario as meant.
    pub scenario: Scenario,
    /// Numbers that were left out, in the order of reading.
    pub assumed: Vec<Assumed>,
    /// What plans are judged by.
    pub aim: Aim,
    /// Futures to simulate.
    pub replications: u64,
    /// Seed of all luck.
    pub seed: u64,
    /// Hash of the document without comments, spaces and line ends, hexadecimal.
    pub sha256: String,
}

/// A value and what may not have been meant.
#[derive(Debug, Clone)]
pub struct Checked<T> {
    /// The value.
    pub value: T,
    /// What may not have been meant, in the order of the text.
    pub warnings: Vec<Diagnostic>,
    /// The texts it was read from.
    pub sources: Sources,
}

impl<T> Checked<T> {
    /// The warnings for people; empty without any.
    pub fn render_warnings(&self, color: bool) -> String {
        if self.warnings.is_empty() {
            return String::new();
        }
        render(&self.warnings, &self.sources, color)
    }
}

/// Reads a scenario from bytes; `name` stands in messages.
pub fn read_bytes(bytes: &[u8], name: &str) -> Result<Checked<Document>, Report> {
    match std::str::from_utf8(bytes) {
        Ok(text) => read(text, name),
        Err(error) => {
            let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
            let mut sources = Sources::default();
            sources.add(name, "");
            let diagnostic = Diagnostic::error(
                Span::WHOLE,
                format!("this file is not UTF-8 text: line {line} has a byte that no character begins with"),
            )
            .help("save it as UTF-8, as every editor can");
            Err(Report::new(vec![diagnostic], sources))
        }
    }
}

/// Reads a scenario from text; `name` stands in messages.
pub fn read(text: &str, name: &str) -> Result<Checked<Document>, Report> {
    let mut sources = Sources::default();
    let (tree, syntax) = parse(text, name, &mut sources);
    let mut reader = Reader::default();
    let document = document(&mut reader, &tree);
    let mut diagnostics = reader.diagnostics;
    if !syntax.is_empty() {
        let broken: BTreeSet<usize> = syntax.iter().filter_map(|error| line(error, &sources)).collect();
        // What follows from a broken line, or is missing because of it, is an echo.
        diagnostics.retain(|diagnostic| {
            let on_broken_line = line(diagnostic, &sources).is_some_and(|line| broken.contains(&line));
            diagnostic.missing.is_none() && !diagnostic.span.is_whole() && !on_broken_line
        });
        diagnostics.extend(syntax);
    }
    let report = Report::new(diagnostics, sources);
    match document {
        Some(value) if report.diagnostics.iter().all(|d| d.severity == Severity::Warning) => Ok(Checked {
            value,
            warnings: report.diagnostics,
            sources: report.sources,
        }),
        _ => Err(report),
    }
}

fn line(diagnostic: &Diagnostic, sources: &Sources) -> Option<usize> {
    sources.place(diagnostic.span).map(|place| place.line)
}

fn document(reader: &mut Reader, tree: &Table) -> Option<Document> {
    let mut root = Section::root(tree);
    let head = scenario::read(root.sub(reader, "scenario"), reader);
    let budget = budget::read(root.sub(reader, "budget"), reader, head.start);
    let plan_sections = root.sub(reader, "plans").named(reader);
    let today_section = root.sub(reader, "today");
    let actuals_section = root.sub(reader, "actuals");
    let environment_section = root.sub(reader, "environment");
    let channel_sections = root.sub(reader, "channels").named(reader);
    let role_sections = root.sub(reader, "roles").named(reader);
    let work_section = root.sub(reader, "work");
    let segment_sections = root.sub(reader, "segments").named(reader);
    let names = Names {
        channels: texts(&channel_sections),
        roles: texts(&role_sections),
        segments: texts(&segment_sections),
    };
    let plans = plans::read(plan_sections, reader, &names, head.weeks);
    let today = today::read(today_section, reader, &names);
    let actuals = actuals::read(actuals_section, reader, &names);
    let environment = environment::read(environment_section, reader, &names, head.start);
    let channels = channels::read(channel_sections, reader, &names);
    let roles = roles::read(role_sections, reader, &names);
    let context = segments::Context::of(&channels, &roles, &today);
    let segments = segments::read(segment_sections, reader, &context);
    let work = work::read(work_section, reader, &segments, &context);
    let feedback = feedback::read(root.sub(reader, "feedback"), reader);
    let finance = finance::read(root.sub(reader, "finance"), reader);
    root.finish(reader);
    let scenario = Scenario {
        name: head.name,
        question: head.question,
        currency: head.currency,
        start: head.start,
        weeks: head.weeks,
        budget,
        plans,
        today,
        actuals,
        environment,
        channels,
        roles,
        work,
        segments,
        feedback,
        finance,
        unknowns: std::mem::take(&mut reader.unknowns),
    };
    checks::all(reader, &scenario);
    if head.aim.is_some() {
        feasible::all(reader, &scenario);
    }
    Some(Document {
        scenario,
        assumed: std::mem::take(&mut reader.assumed),
        aim: head.aim?,
        replications: head.replications,
        seed: head.seed,
        sha256: hash(tree),
    })
}

fn texts(sections: &[Named<'_>]) -> Vec<String> {
    sections.iter().map(|named| named.key.text.clone()).collect()
}

fn hash(tree: &Table) -> String {
    let digest = Sha256::digest(canonical(tree).as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
