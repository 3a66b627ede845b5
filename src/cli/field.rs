//! The field of a comparison: which plans of which scenarios, and their lives in the same futures.

use super::compare_settings::CompareSettings;
use super::failure::Failure;
use super::terminal::Terminal;
use super::{futures, read, run};
use crate::analysis::contest::candidates::{self, Split};
use crate::analysis::contest::joined::side_by_side;
use crate::engine::simulate::{Control, Lived, Run, simulate};
use crate::model::name::Name;
use crate::model::scenario::{Plan, Scenario};
use crate::scenario_file::Document;
use sha2::{Digest, Sha256};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// A scenario and its plans in the comparison.
struct Part {
    file: PathBuf,
    document: Document,
    /// Positions of its plans, those of the file first.
    plans: Vec<usize>,
    splits: Vec<Split>,
}

/// All plans of a comparison, file by file.
pub(super) struct Field {
    parts: Vec<Part>,
    /// Seed of all luck.
    pub(super) seed: u64,
    threads: usize,
    /// The scenario of all plans: that of the file, or of several the first with the plans of all, for their names.
    pub(super) scenario: Scenario,
    /// Positions of the plans in it.
    pub(super) plans: Vec<usize>,
    /// File of each plan, without folders.
    pub(super) files: Vec<String>,
    /// What differs between the files and the reader must know.
    pub(super) remarks: Vec<String>,
}

impl Field {
    /// Reads all files; plans, splits and files that cannot be compared are told.
    pub(super) fn read(settings: &CompareSettings, terminal: &Terminal) -> Result<Self, Failure> {
        let mut parts: Vec<Part> = Vec::with_capacity(settings.files.len());
        for file in &settings.files {
            parts.push(part(file, settings, terminal)?);
        }
        let mut remarks = Vec::new();
        if let Some((first, others)) = parts.split_first() {
            for other in others {
                remarks.extend(differences(first, other)?);
            }
        }
        let Some(first) = parts.first() else {
            return Err(Failure::Input("no file is named".to_owned()));
        };
        let seed = settings.seed.unwrap_or(first.document.seed);
        let (scenario, plans) = together(&parts);
        if plans.len() < 2 {
            return Err(Failure::Input(format!(
                "{} has one plan; name splits to compare it with, such as --sweep 10..90:10",
                first.file.display()
            )));
        }
        let files = parts
            .iter()
            .flat_map(|part| part.plans.iter().map(|_| file_name(&part.file)))
            .collect();
        Ok(Self {
            seed,
            threads: settings.threads,
            scenario,
            plans,
            files,
            remarks,
            parts,
        })
    }

    /// The document of the first file: objective, target, what differences are small against.
    pub(super) fn first(&self) -> Option<&Document> {
        self.parts.first().map(|part| &part.document)
    }

    /// The files in words.
    pub(super) fn file(&self) -> String {
        let names: Vec<String> = self.parts.iter().map(|part| file_name(&part.file)).collect();
        names.join(", ")
    }

    /// Hash of all assumptions; of several files that of their hashes.
    pub(super) fn sha256(&self) -> String {
        let hashes: Vec<&str> = self
            .parts
            .iter()
            .map(|part| part.document.sha256.as_str())
            .collect();
        match hashes.as_slice() {
            [only] => (*only).to_owned(),
            several => {
                let digest = Sha256::digest(several.join(" ").as_bytes());
                digest.iter().map(|byte| format!("{byte:02x}")).collect()
            }
        }
    }

    /// Splits by ascending share and the position of their plan in the field, the first plan's own among them; none
    /// for several files.
    pub(super) fn splits(&self) -> Vec<(f64, usize)> {
        let [part] = self.parts.as_slice() else {
            return Vec::new();
        };
        let position = |plan: usize| part.plans.iter().position(|other| *other == plan);
        let mut splits: Vec<(f64, usize)> = part
            .splits
            .iter()
            .filter_map(|split| Some((split.share, position(split.plan)?)))
            .collect();
        let first = part
            .plans
            .first()
            .and_then(|plan| part.document.scenario.plans.get(*plan));
        let own = first.and_then(candidates::constant);
        if let Some(own) = own.filter(|_| !splits.is_empty() && splits.iter().all(|(_, plan)| *plan != 0)) {
            splits.push((own, 0));
        }
        splits.sort_by(|a, b| a.0.total_cmp(&b.0));
        splits
    }

    /// Lives the plans for which `is_in` holds, in the order of the field.
    pub(super) fn live(
        &self,
        replications: Range<u64>,
        is_weekly: bool,
        is_in: impl Fn(usize) -> bool,
        control: &Control,
    ) -> Result<Option<Lived>, Failure> {
        let mut lived = Vec::with_capacity(self.parts.len());
        let weekly = if is_weekly { self.weekly_futures() } else { 0 };
        let mut at = 0;
        for part in &self.parts {
            let from = at;
            at += part.plans.len();
            let kept = part.plans.iter().enumerate();
            let plans: Vec<usize> = kept
                .filter(|(index, _)| is_in(from + index))
                .map(|(_, plan)| *plan)
                .collect();
            if plans.is_empty() {
                continue;
            }
            let run = Run {
                plans,
                seed: self.seed,
                replications: replications.clone(),
                threads: self.threads,
                weekly_replications: weekly,
            };
            let own = simulate(&part.document.scenario, &run, control)?;
            run::refuse_contradictions(&own, &part.document)?;
            lived.push(own);
        }
        Ok(side_by_side(lived))
    }

    /// The only file, if there is one.
    pub(super) fn only(&self) -> Option<(&Path, &Document)> {
        match self.parts.as_slice() {
            [part] => Some((&part.file, &part.document)),
            _ => None,
        }
    }

    /// Labels of the plans.
    pub(super) fn labels(&self) -> Vec<String> {
        let plan = |plan: &usize| self.scenario.plans.get(*plan);
        self.plans
            .iter()
            .filter_map(plan)
            .map(|plan| plan.label.clone())
            .collect()
    }

    /// Files, each of which lives the same futures.
    pub(super) fn parts(&self) -> u64 {
        self.parts.len() as u64
    }

    /// Futures whose weeks are kept: as many of every file, within the memory of a run.
    fn weekly_futures(&self) -> usize {
        let plans = self.plans.len();
        let fewest = self
            .parts
            .iter()
            .map(|part| futures::weekly_futures(&part.document.scenario, plans));
        fewest.min().unwrap_or(0)
    }
}

fn part(file: &Path, settings: &CompareSettings, terminal: &Terminal) -> Result<Part, Failure> {
    let mut document = read::scenario(file, &settings.scenario, settings.quiet, terminal)?;
    let mut plans = read::plans(&document, file, &settings.scenario)?;
    let base = plans.first().copied().unwrap_or_default();
    let splits = candidates::splits(&mut document.scenario, base, &settings.splits);
    if !settings.splits.is_empty() && settings.scenario.plans.is_empty() {
        // Splits are tried against today's plan; other plans of the file only where they are named.
        plans.truncate(1);
    }
    for split in &splits {
        if !plans.contains(&split.plan) {
            plans.push(split.plan);
        }
    }
    Ok(Part {
        file: file.to_owned(),
        document,
        plans,
        splits,
    })
}

/// What keeps two files from being compared, or else must be known when they are.
fn differences(first: &Part, other: &Part) -> Result<Vec<String>, Failure> {
    let (one, two) = (&first.document, &other.document);
    let names = (first.file.display(), other.file.display());
    let refuse = |what: &str, a: String, b: String, remedy: &str| {
        Err(Failure::Input(format!(
            "{} and {} differ in {what}: {a} and {b}; {remedy}",
            names.0, names.1
        )))
    };
    let (a, b) = (&one.scenario, &two.scenario);
    if a.currency != b.currency {
        let remedy = "plans are compared in one currency";
        return refuse("currency", a.currency.clone(), b.currency.clone(), remedy);
    }
    if a.weeks != b.weeks {
        let remedy = format!(
            "plans are compared over one horizon, such as --set scenario.weeks={}",
            a.weeks
        );
        return refuse("weeks", a.weeks.to_string(), b.weeks.to_string(), &remedy);
    }
    let mut told = Vec::new();
    let mut tell = |what: &str, a: String, b: String, then: &str| {
        if a != b {
            told.push(format!(
                "{} and {} differ in {what} ({a} and {b}): {then}",
                names.0, names.1
            ));
        }
    };
    let objective = |document: &Document| document.aim.objective.id.to_owned();
    tell(
        "objective",
        objective(one),
        objective(two),
        "that of the first is compared",
    );
    let tail = |scenario: &Scenario| scenario.finance.tail_weeks.to_string();
    tell(
        "finance.tail_weeks",
        tail(a),
        tail(b),
        "value counts more weeks in one of them",
    );
    let annual = |scenario: &Scenario| scenario.budget.annual.to_string();
    tell(
        "budget.annual",
        annual(a),
        annual(b),
        "their plans differ in what they cost, not in the split alone",
    );
    Ok(told)
}

/// The scenario of all plans and their positions in it.
fn together(parts: &[Part]) -> (Scenario, Vec<usize>) {
    let mut all: Vec<Plan> = Vec::new();
    for part in parts {
        for plan in part
            .plans
            .iter()
            .filter_map(|plan| part.document.scenario.plans.get(*plan))
        {
            let stem = stem(&part.file, parts);
            all.push(Plan {
                name: Name::new(&format!("{stem}/{}", plan.name)),
                label: format!("{stem}: {}", plan.label),
                ..plan.clone()
            });
        }
    }
    match parts {
        [only] => (only.document.scenario.clone(), only.plans.clone()),
        several => {
            let mut scenario = several[0].document.scenario.clone();
            let mut names: Vec<&str> = Vec::new();
            for part in several {
                let name = part.document.scenario.name.as_str();
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            scenario.name = names.join(" \u{b7} ");
            scenario.plans = all;
            // Unknowns of the first file say nothing of the others.
            scenario.unknowns.clear();
            let plans = (0..scenario.plans.len()).collect();
            (scenario, plans)
        }
    }
}

/// The file's name without ending, with its folder where another file is called alike.
fn stem(file: &Path, parts: &[Part]) -> String {
    let short = |file: &Path| file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let own = short(file).unwrap_or_default();
    let is_alone = parts
        .iter()
        .filter(|part| short(&part.file).as_ref() == Some(&own))
        .count()
        < 2;
    if is_alone {
        own
    } else {
        file.with_extension("").display().to_string()
    }
}

fn file_name(file: &Path) -> String {
    file.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}
