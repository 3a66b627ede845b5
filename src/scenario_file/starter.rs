//! A starter: the numbers of a shipped scenario, every key explained, in the order in which a planner finds them.

use super::keys::{Key, Kind, all};
use super::parse::parse;
use super::shipped::Shipped;
use super::source::Sources;
use super::tree::{Entry, Node, Table, Value};
use std::collections::BTreeSet;

/// One step of writing a scenario: its sections, and where their numbers are found.
struct Step {
    title: &'static str,
    /// Patterns of sections; the sections below them follow.
    sections: &'static [&'static str],
    find: &'static [&'static str],
}

const STEPS: &[Step] = &[
    Step {
        title: "The question",
        sections: &["scenario"],
        find: &[
            "Settle it with those who will decide: what is judged, over how many weeks, what is to be reached.",
        ],
    },
    Step {
        title: "The money",
        sections: &["budget", "finance"],
        find: &["From finance: the budget, the profit and loss account, payment terms."],
    },
    Step {
        title: "Where we stand",
        sections: &["today"],
        find: &[
            "From the CRM on the start date: customers, open opportunities. From HR: heads. From the bank: cash.",
            "What you leave out starts steady, as if today's plan had always been followed.",
        ],
    },
    Step {
        title: "Marketing channels",
        sections: &["channels.*"],
        find: &[
            "Spend: ad accounts and invoices of the last quarter, without salaries. Leads: CRM, by first source.",
            "Ask who runs the channel: how many more leads would twice the money bring?",
        ],
    },
    Step {
        title: "Sales roles",
        sections: &["roles.*", "work"],
        find: &[
            "From HR: cost of a head, weeks to hire, leavers a year. From sales operations: ramp, hours with customers.",
        ],
    },
    Step {
        title: "The market, from first hearing of us to leaving us",
        sections: &["segments.*"],
        find: &[
            "Accounts: a company register or panel. Awareness: a survey. Funnel, cycle, win rate, value: CRM, closed deals of a year.",
            "Churn and expansion: billing, with and without somebody who looks after the customer.",
        ],
    },
    Step {
        title: "Luck and learning",
        sections: &["environment", "feedback"],
        find: &["Judgement: how much demand swings, what could happen, what closed deals teach."],
    },
    Step {
        title: "The last 52 weeks",
        sections: &["actuals"],
        find: &[
            "From the CRM and finance. They change nothing in a simulation: `check` holds the model against them.",
        ],
    },
    Step {
        title: "What a search may change",
        sections: &["optimize"],
        find: &[
            "Only `gtm-sim optimize` looks at it; without it the split alone is searched, without limits.",
        ],
    },
    Step {
        title: "The plans to be judged",
        sections: &["plans.*"],
        find: &[
            "The first plan is the baseline: what you do today. What another plan leaves out is as in the first.",
        ],
    },
];

/// A line is not wider than this.
const WIDTH: usize = 118;
/// Comments stand here where they fit.
const COMMENT: usize = 50;

/// The starter made of a shipped scenario; `file` is the name under which it will be stored.
pub fn starter(from: &Shipped, file: &str) -> String {
    let mut sources = Sources::default();
    let (tree, _) = parse(from.text, from.name, &mut sources);
    let mut writer = Writer {
        out: header(from.name, file),
        sources,
        explained: BTreeSet::new(),
    };
    for (position, step) in STEPS.iter().enumerate() {
        writer.step(position + 1, step, &tree);
    }
    writer.out
}

fn header(from: &str, file: &str) -> String {
    let width = file.chars().count() + 6;
    let does = |command: &str, what: &str| format!("  gtm-sim {command:width$}  {what}");
    let lines = [
        "A scenario for gtm-sim.".to_owned(),
        format!("Every number is that of the shipped scenario `{from}`, where its source stands: replace each with yours, from the"),
        "top down. What nobody knows well becomes an interval: 90 % of what you believe lies between low and high.".to_owned(),
        String::new(),
        does(&format!("check {file}"), "does it hold together, does it look like our company?"),
        does(&format!("run {file}"), "every plan in thousands of futures"),
        does("explain KEY", "what a key means"),
    ];
    lines
        .map(|line| format!("# {line}").trim_end().to_owned() + "\n")
        .concat()
}

struct Writer {
    out: String,
    sources: Sources,
    /// Paths of keys that are explained already: a second channel needs no second explanation.
    explained: BTreeSet<&'static str>,
}

impl Writer {
    fn step(&mut self, number: usize, step: &Step, tree: &Table) {
        let title = format!("# ---- {number}. {} ", step.title);
        let rule = "-".repeat(WIDTH.saturating_sub(title.chars().count()));
        self.out.push_str(&format!("\n{title}{rule}\n"));
        for line in step.find {
            self.out.push_str(&format!("# {line}\n"));
        }
        for pattern in step.sections {
            let top = pattern.trim_end_matches(".*");
            match tree.get(top).map(|entry| &entry.node.value) {
                Some(Value::Table(table)) if pattern.ends_with('*') => {
                    for entry in &table.entries {
                        self.section(pattern, &format!("{top}.{}", bare(&entry.key.text)), &entry.node);
                    }
                }
                Some(Value::Table(_)) => {
                    if let Some(entry) = tree.get(top) {
                        self.section(pattern, top, &entry.node);
                    }
                }
                _ => self.untold(pattern),
            }
        }
    }

    /// A section that is told: its keys, then the sections below it.
    fn section(&mut self, pattern: &str, path: &str, node: &Node) {
        let Value::Table(table) = &node.value else { return };
        let own: Vec<&Key> = children(pattern)
            .filter(|key| key.kind != Kind::Section)
            .collect();
        let told: Vec<(&Key, &Entry)> = own
            .iter()
            .filter_map(|key| Some((*key, table.get(key.word())?)))
            .collect();
        let is_only_a_frame = told.is_empty() && !table.entries.is_empty();
        if !is_only_a_frame {
            self.out.push_str(&format!("\n[{path}]\n"));
            let width = told.iter().map(|(key, _)| key.word().len()).max().unwrap_or(0);
            for (key, entry) in told {
                let value = self.value(&entry.node);
                self.line(&format!("{:width$} = {value}", key.word()), key);
            }
            let rest: Vec<&Key> = own
                .into_iter()
                .filter(|key| !table.has(key.word()) && may_be_added(key, table))
                .collect();
            self.also(&rest);
        }
        for below in children(pattern).filter(|key| key.kind == Kind::Section) {
            self.below(below, path, table);
        }
    }

    fn below(&mut self, section: &Key, path: &str, table: &Table) {
        let word = section.word();
        let Some(entry) = table.get(word) else { return };
        let path = format!("{path}.{word}");
        match &entry.node.value {
            Value::Table(named) if section.path.ends_with('*') => {
                for entry in &named.entries {
                    self.section(
                        section.path,
                        &format!("{path}.{}", bare(&entry.key.text)),
                        &entry.node,
                    );
                }
            }
            _ => self.section(section.path, &path, &entry.node),
        }
    }

    /// A section that is not told, to be filled in.
    fn untold(&mut self, pattern: &str) {
        self.out.push_str(&format!("\n# [{pattern}]\n"));
        let own: Vec<&Key> = children(pattern)
            .filter(|key| key.kind != Kind::Section)
            .collect();
        let width = own.iter().map(|key| key.word().len()).max().unwrap_or(0);
        for key in own {
            self.line(&format!("# {:width$} =", key.word()), key);
        }
    }

    /// A line, explained where its key is met for the first time.
    fn line(&mut self, line: &str, key: &Key) {
        if !self.explained.insert(key.path) {
            self.out.push_str(&format!("{line}\n"));
            return;
        }
        let comment = key.about().trim_end_matches('.');
        let long = line.chars().count();
        if long < COMMENT && COMMENT + 2 + comment.chars().count() <= WIDTH {
            let padding = " ".repeat(COMMENT - long);
            self.out.push_str(&format!("{line}{padding}# {comment}\n"));
        } else {
            self.out.push_str(&format!("# {comment}\n{line}\n"));
        }
    }

    /// The keys that may be added, in lines of the usual width; each is named once.
    fn also(&mut self, keys: &[&Key]) {
        let words: Vec<&str> = keys
            .iter()
            .filter(|key| self.explained.insert(key.path))
            .map(|key| key.word())
            .collect();
        let mut line = String::from("# also:");
        let open = line.len();
        for (position, word) in words.iter().enumerate() {
            let comma = if position + 1 < words.len() { "," } else { "" };
            if line.len() + word.len() + 2 > WIDTH {
                self.out.push_str(&format!("{line}\n"));
                line = format!("#{}", " ".repeat(open - 1));
            }
            line.push_str(&format!(" {word}{comma}"));
        }
        if !words.is_empty() {
            self.out.push_str(&format!("{line}\n"));
        }
    }

    /// A value as it was typed, on one line and without comments.
    fn value(&self, node: &Node) -> String {
        match &node.value {
            Value::List(items) => {
                let items: Vec<String> = items.iter().map(|item| self.value(item)).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Table(table) => {
                let entries = table
                    .entries
                    .iter()
                    .map(|entry| format!("{} = {}", bare(&entry.key.text), self.value(&entry.node)));
                format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
            }
            _ => {
                let place = self.sources.place(node.span);
                let typed = place.and_then(|place| place.text.get(place.start..place.end));
                typed.unwrap_or_default().to_owned()
            }
        }
    }
}

/// The keys right below a section, in the order of the file.
fn children(pattern: &str) -> impl Iterator<Item = &'static Key> {
    let depth = pattern.split('.').count() + 1;
    all().filter(move |key| {
        let rest = key
            .path
            .strip_prefix(pattern)
            .and_then(|rest| rest.strip_prefix('.'));
        rest.is_some() && key.asked().split('.').count() == depth
    })
}

/// Whether a key could stand beside what is told: not another way of telling the same.
fn may_be_added(key: &Key, table: &Table) -> bool {
    !key.instead.iter().any(|other| table.has(other))
}

/// A name as it may stand in a path: quoted where TOML wants it.
fn bare(name: &str) -> String {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if name.chars().all(is_bare) {
        name.to_owned()
    } else {
        format!("\"{name}\"")
    }
}
