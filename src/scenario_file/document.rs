//! A scenario document: read, validated, hashed.

use super::checks;
use super::diagnostic::Diagnostic;
use super::feasible;
use super::parse::parse;
use super::reader::{Names, Reader};
use super::render::render;
use super::section::{Named, Section};
use super::sections::{
    actuals, budget, channels, environment, feedback, finance, optimize, plans, roles, scenario, segments,
    today, work,
};
use super::source::Sources;
use super::suspicious;
use super::tree::{Table, canonical};
use crate::model::decisions::Decisions;
use crate::model::parameters::Assumed;
use crate::model::scenario::Scenario;
use crate::outcome::aim::Aim;
use crate::outcome::goal::Goal;
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
    /// What a search makes large.
    pub goal: Goal,
    /// What a search may change.
    pub decisions: Decisions,
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
        self.render_warnings_within(color, None)
    }

    /// The same for a terminal of `width` letters: long advice is broken into lines.
    pub fn render_warnings_within(&self, color: bool, width: Option<usize>) -> String {
        if self.warnings.is_empty() {
            return String::new();
        }
        render(&self.warnings, &self.sources, color, width)
    }
}

/// Path patterns of every key that reading `text` asks for: what the declarations of keys are held against.
pub fn asked_keys(text: &str) -> BTreeSet<String> {
    let (tree, _) = parse(text, "", &mut Sources::default());
    let mut reader = Reader::default();
    document(&mut reader, &tree);
    reader.into_asked()
}

/// The document that `tree` means; `None` if nothing can be judged by it.
pub(super) fn document(reader: &mut Reader, tree: &Table) -> Option<Document> {
    let mut root = Section::root(tree);
    // Read already; named here so that a misspelt one is told so.
    root.entry("extends");
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
    let names = names(&channel_sections, &role_sections, &segment_sections);
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
    let wish = optimize::read(root.sub(reader, "optimize"), reader, &names, &head);
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
    judge(reader, &scenario);
    Some(Document {
        scenario,
        assumed: std::mem::take(&mut reader.assumed),
        goal: wish.goal?,
        decisions: wish.decisions,
        aim: head.aim?,
        replications: head.replications,
        seed: head.seed,
        sha256: sha256(canonical(tree).as_bytes()),
    })
}

/// Holds the parts against each other; what is possible and usual is asked only of a file that is right otherwise.
fn judge(reader: &mut Reader, scenario: &Scenario) {
    checks::all(reader, scenario);
    if reader.is_wrong() {
        return;
    }
    let company = feasible::all(reader, scenario);
    if let Some(company) = company.filter(|_| !reader.is_wrong()) {
        suspicious::all(reader, scenario, &company);
    }
}

/// What other sections may name.
fn names(channels: &[Named<'_>], roles: &[Named<'_>], segments: &[Named<'_>]) -> Names {
    Names {
        channels: texts(channels),
        roles: texts(roles),
        segments: texts(segments),
    }
}

fn texts(sections: &[Named<'_>]) -> Vec<String> {
    sections.iter().map(|named| named.key.text.clone()).collect()
}

/// Hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
