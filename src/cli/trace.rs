//! `gtm-sim trace`: one future as a log of the journeys of its accounts.

use super::arguments::{LogFormat, ScenarioOptions, TraceOptions};
use super::failure::Failure;
use super::terminal::{self, Terminal};
use super::{read, words};
use crate::engine::trace::event::Event;
use crate::engine::trace::replay::{MOST_ACCOUNTS, Replay, TooMany};
use crate::model::scenario::Scenario;
use crate::report::log::{Lines, Log};
use crate::report::single::{self, SingleError};
use crate::units::format;
use std::io::{self, Write};

/// Lives the future and tells its events.
pub(super) fn trace(options: &TraceOptions, terminal: &Terminal) -> Result<(), Failure> {
    let asked = ScenarioOptions {
        plans: Vec::new(),
        set: options.set.clone(),
    };
    let document = read::scenario(&options.file, &asked, options.quiet, terminal)?;
    let scenario = &document.scenario;
    let plan = read::plan(&document, &options.file, options.plan.as_deref())?;
    let picked = Picked::of(options, scenario)?;
    let mut replay = Replay::new(scenario, plan).map_err(too_many)?;
    let seed = options.seed.unwrap_or(document.seed);
    let mut told = Told::default();
    let work = |to: &mut dyn Write| {
        let lines = match options.format {
            LogFormat::Csv => Lines::Csv,
            LogFormat::Jsonl => Lines::Json,
        };
        let mut log = Log::begin(scenario, lines, to)?;
        replay.live(seed, options.replication - 1, &mut |event: &Event| {
            if picked.holds(event) {
                told.add(event, options.limit, &mut log);
            }
        });
        told.failed.take().map_or(Ok(()), Err)?;
        log.end()
    };
    match &options.out {
        None => terminal::stream(work)?,
        Some(path) => single::write_as(path, options.force, work).map_err(unwritten)?,
    }
    if !options.quiet {
        for note in remarks(options, scenario, &told) {
            terminal::complain(&terminal.note(&note));
        }
    }
    Ok(())
}

/// Which events are told.
struct Picked {
    segment: Option<usize>,
    account: Option<u64>,
}

impl Picked {
    fn of(options: &TraceOptions, scenario: &Scenario) -> Result<Self, Failure> {
        let names = || scenario.segments.iter().map(|segment| segment.name.as_str());
        let file = options.file.display();
        let segment = match options.segment.as_deref().map(str::trim) {
            None if options.account.is_some() && scenario.segments.len() > 1 => {
                return Err(Failure::Input(format!(
                    "accounts are numbered within their segment; name one of {} with --segment",
                    words::list(names())
                )));
            }
            None if options.account.is_some() => Some(0),
            None => None,
            Some(name) => match names().position(|own| own == name) {
                Some(position) => Some(position),
                None => {
                    let hint = match words::nearest(name, names()).first() {
                        Some(near) => format!("did you mean {near}?"),
                        None => format!("it has {}", words::list(names())),
                    };
                    return Err(Failure::Input(format!("{file} has no segment {name}; {hint}")));
                }
            },
        };
        if let (Some(account), Some(position)) = (options.account, segment) {
            let segment = &scenario.segments[position];
            if account > segment.accounts {
                return Err(Failure::Input(format!(
                    "segment {} has {} accounts, none with the number {}; name one from 1 to {}",
                    segment.name,
                    format::count(segment.accounts),
                    format::count(account),
                    segment.accounts
                )));
            }
        }
        Ok(Self {
            segment,
            account: options.account,
        })
    }

    fn holds(&self, event: &Event) -> bool {
        self.segment.is_none_or(|segment| segment == event.segment)
            && self
                .account
                .is_none_or(|account| event.account.map(u64::from) == Some(account))
    }
}

/// What was told so far.
#[derive(Default)]
struct Told {
    events: u64,
    failed: Option<io::Error>,
}

impl Told {
    fn add(&mut self, event: &Event, limit: Option<u64>, log: &mut Log) {
        self.events += 1;
        if self.failed.is_none() && limit.is_none_or(|limit| self.events <= limit) {
            self.failed = log.write(event).err();
        }
    }
}

fn remarks(options: &TraceOptions, scenario: &Scenario, told: &Told) -> Vec<String> {
    let mut remarks = Vec::new();
    match options.limit {
        Some(limit) if told.events > limit => remarks.push(format!(
            "the first {} of {} events; all without --limit",
            format::count(limit),
            format::count(told.events)
        )),
        _ if told.events == 0 => remarks.push(format!(
            "nothing happened to it in {} weeks; try another account or another --replication",
            scenario.weeks
        )),
        _ => {}
    }
    if let Some(out) = &options.out {
        let events = told.events.min(options.limit.unwrap_or(u64::MAX));
        remarks.push(format!(
            "{} events written to {}",
            format::count(events),
            out.display()
        ));
    }
    remarks
}

/// What cannot be named one by one can be made smaller.
pub(super) fn too_many(error: TooMany) -> Failure {
    Failure::Input(format!(
        "{error}: {} at most; take a smaller market, such as --set segments.NAME.accounts={}",
        format::count(MOST_ACCOUNTS),
        MOST_ACCOUNTS / 10
    ))
}

fn unwritten(error: SingleError) -> Failure {
    match error {
        SingleError::Exists(_) | SingleError::Folder(_) | SingleError::NoFolder(_) => {
            Failure::Input(error.to_string())
        }
        SingleError::Io { .. } => Failure::Other(error.to_string()),
    }
}
