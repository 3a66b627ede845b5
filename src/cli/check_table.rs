//! What `check` prints for people.

use super::grid::{Flush, hanging};
use super::page::{Page, count};
use super::terminal::{Look, Terminal};
use super::words;
use crate::analysis::check::{self, Actual, Check, CheckDocument, PlanState, Plausible, Side, Verdict};
use crate::units::format::{self, Style};
use crate::units::time::WEEKS_PER_YEAR;

/// Load from which weeks without enough hours are frequent.
const NEARLY_FULL: f64 = 0.9;
/// Horizons after which a plan that settles says little of what will be.
const FAR_BEYOND: f64 = 2.0;
/// Rows of a kind, or segments, from which they are told as a range or a table.
pub(super) const MANY: usize = 6;
/// Column in which labels stand beside values and verdicts.
const VALUES: usize = 19;

/// The whole page; `warnings` are those of the file, with its lines.
pub(super) fn render(checked: &CheckDocument, warnings: &str, terminal: &Terminal) -> String {
    let currency = checked
        .found
        .as_ref()
        .map_or("", |found| found.scenario.currency.as_str());
    let mut page = Page::new(terminal, currency);
    page.head(checked);
    if !warnings.is_empty() {
        page.text.push_str(&format!("\n{warnings}\n"));
    }
    if let Some(check) = &checked.found {
        page.remarks(check);
        page.load(&check.steady.now);
        page.actuals(&check.actuals);
        page.plausible(&check.plausibility);
        page.steady(check);
        page.inverted(&check.inverted);
        page.unknowns(&check.unknowns);
        page.assumed(check);
        page.next(checked);
    }
    page.text
}

impl Page<'_> {
    fn head(&mut self, checked: &CheckDocument) {
        let of = |severity: &str| {
            let told = checked.diagnostics.iter();
            told.filter(|told| told.severity == severity).count()
        };
        let found = checked.found.as_ref();
        let errors = of("error") + found.map_or(0, |found| found.errors.len());
        let warnings = of("warning") + found.map_or(0, |found| found.warnings.len());
        let is = if checked.valid { "is valid" } else { "is not valid" };
        let mut line = format!(
            "{} {is}: {}, {}",
            checked.file,
            count(errors, "error"),
            count(warnings, "warning")
        );
        if let Some(found) = found {
            let odd = found.plausibility.iter();
            let odd = odd.filter(|row| row.verdict == Verdict::Unusual).count();
            if odd > 0 {
                line.push_str(&format!(", {}", count(odd, "unusual number")));
            }
        }
        self.text.push_str(&self.terminal.paint(&line, Look::Strong));
        self.text.push('\n');
        if let Some(found) = found {
            let facts = &found.scenario;
            let weeks = format::weeks(f64::from(facts.weeks), Style::Sentence);
            let line = format!(
                "{} · {weeks} from {} · unknowns at their typical values",
                facts.name, facts.start
            );
            self.text.push_str(&self.terminal.paint(&line, Look::Aside));
            self.text.push('\n');
        }
    }

    fn remarks(&mut self, check: &Check) {
        let errors = check.errors.iter().map(|text| ("error", text));
        let warnings = check.warnings.iter().map(|text| ("warning", text));
        for (kind, text) in errors.chain(warnings) {
            let line = hanging(text, kind.len() + 2, self.width);
            self.text.push_str(&format!("\n{kind}: {line}\n"));
        }
    }

    /// How busy today's sellers are: the number that decides most.
    fn load(&mut self, now: &PlanState) {
        let Some(load) = now.load else { return };
        self.title("How busy today's sellers are", "");
        let number = |x: f64| format::number(x, Style::Sentence);
        let short = match now.limited_by {
            Side::Capacity => "hours are short: more leads win nothing, more hours do",
            _ if load > NEARLY_FULL => "just enough: leads are short in most weeks, hours in some",
            Side::Demand | Side::Neither => "leads are short: more leads win, more hours hardly do",
        };
        let line = format!(
            "{} their hours are wanted ({} of {} a week); {short}. No other number decides as much about the best split. If your sellers are busier or idler, mend deals_per_rep_year, today.team or the leads of today first.",
            check::parts_of(load),
            number(now.hours_wanted),
            number(now.hours_had)
        );
        self.text
            .push_str(&format!("  {}\n", hanging(&line, 2, self.width)));
    }

    fn actuals(&mut self, actuals: &[Actual]) {
        self.title("Model against actual, 52 weeks", "");
        if actuals.is_empty() {
            let line = "Nothing told. Add [actuals] with what you have of leads, opportunities, wins, revenue, customers_lost and heads = { ROLE = … } of the last 52 weeks; see docs/check.md.";
            self.text
                .push_str(&format!("  {}\n", hanging(line, 2, self.width)));
            return;
        }
        let mut rows = vec![["", "model", "actual", "ratio", ""].map(str::to_owned).to_vec()];
        for actual in actuals {
            let ratio = actual.ratio.map_or_else(
                || "–".to_owned(),
                |x| match (0.1..100.0).contains(&x) {
                    true => format::decimals(x, 2, Style::Table),
                    false => format::number(x, Style::Table),
                },
            );
            let verdict = if actual.near {
                "near".to_owned()
            } else if actual.is_another() {
                format!("FAR OFF: another unit? look at {}", actual.look_at)
            } else {
                format!("off: look at {}", actual.look_at)
            };
            let amount = |x| self.amount(x, actual.unit);
            rows.push(vec![
                actual.name.clone(),
                amount(actual.model),
                amount(actual.actual),
                ratio,
                verdict,
            ]);
        }
        self.grid(
            &rows,
            &[
                Flush::Left,
                Flush::Right,
                Flush::Right,
                Flush::Right,
                Flush::Wrapped,
            ],
        );
    }

    fn plausible(&mut self, rows: &[Plausible]) {
        self.title(
            "Is this your company?",
            "What follows from your numbers today, beside what is published.",
        );
        let rows = by_kind(rows);
        for (position, row) in rows.iter().enumerate() {
            let of_its_kind: Vec<&&Plausible> = rows.iter().filter(|other| other.id == row.id).collect();
            let is_first = rows
                .get(..position)
                .is_some_and(|before| before.iter().all(|other| other.id != row.id));
            let last_of_its_kind = rows.get(position + 1).is_none_or(|next| next.id != row.id);
            if of_its_kind.len() > MANY {
                if is_first {
                    self.range(&of_its_kind);
                }
                if row.verdict == Verdict::Unusual {
                    self.plausible_row(row);
                }
            } else {
                self.plausible_row(row);
            }
            let next = rows.get(position + 1);
            let last_of_its_figure = next.is_none_or(|next| next.published != row.published);
            if let Some(published) = row
                .published
                .as_ref()
                .filter(|_| last_of_its_kind && last_of_its_figure)
            {
                let line = format!("compare: {} [{}]", published.figure, published.source);
                let line = format!("{}{}", " ".repeat(VALUES), hanging(&line, VALUES, self.width));
                self.text.push_str(&self.terminal.paint(&line, Look::Aside));
                self.text.push('\n');
            }
        }
    }

    /// Many rows of a kind as one: from the least to the greatest.
    fn range(&mut self, rows: &[&&Plausible]) {
        let Some(first) = rows.first() else { return };
        let values = || rows.iter().filter_map(|row| row.value);
        let [least, most] = [
            values().fold(f64::INFINITY, f64::min),
            values().fold(f64::NEG_INFINITY, f64::max),
        ]
        .map(|x| self.amount(x, first.unit));
        let odd = rows.iter().filter(|row| row.verdict == Verdict::Unusual).count();
        let told = match odd {
            0 => String::new(),
            odd => format!(", {odd} of them unusual"),
        };
        let what = format!("{least} to {most}: {} (all {}{told})", first.label, rows.len());
        self.text.push_str(&format!(
            "  {:17}{}\n",
            if odd == 0 && first.published.is_some() {
                "ok"
            } else {
                ""
            },
            hanging(&what, VALUES, self.width)
        ));
    }

    fn plausible_row(&mut self, row: &Plausible) {
        let name = row
            .name
            .as_ref()
            .map(|name| format!(" ({name})"))
            .unwrap_or_default();
        let value = row
            .value
            .map_or_else(|| "–".to_owned(), |x| self.amount(x, row.unit));
        let mark = match row.verdict {
            Verdict::Plausible => "ok",
            Verdict::Unusual => "unusual",
            Verdict::Told => "",
        };
        let line = format!(
            "  {mark:7}  {value:>6}  {}",
            hanging(&format!("{}{name}", row.label), VALUES, self.width)
        );
        let look = if row.verdict == Verdict::Unusual {
            Look::Accent
        } else {
            Look::Plain
        };
        self.text.push_str(&self.terminal.paint(&line, look));
        self.text.push('\n');
        if !row.remark.is_empty() {
            let line = hanging(&row.remark, VALUES, self.width);
            self.text.push_str(&format!("{}{line}\n", " ".repeat(VALUES)));
        }
    }

    fn steady(&mut self, check: &Check) {
        self.title(
            "Where each plan settles",
            "A split held for good, without luck, seasons and events. Revenue counts every customer at the value of a new deal; growth of contracts comes on top. The horizon may end long before.",
        );
        let now = &check.steady.now;
        let states: Vec<&PlanState> = std::iter::once(now).chain(&check.steady.plans).collect();
        let mut heads = vec!["plan", "share", "marketing", "sales pay"];
        heads.extend(now.heads.iter().map(|head| head.role.as_str()));
        heads.extend([
            "leads/week",
            "hours wanted/had",
            "worked",
            "wins/year",
            "revenue/year",
            "customers",
            "short of",
            "settles in",
        ]);
        let mut rows = vec![heads.into_iter().map(str::to_owned).collect::<Vec<_>>()];
        rows.extend(states.iter().map(|state| self.state(state)));
        self.grids(&rows);
        self.beyond(check);
    }

    /// Plans that settle long after the horizon are no forecast.
    fn beyond(&mut self, check: &Check) {
        let horizon = f64::from(check.scenario.weeks) / WEEKS_PER_YEAR;
        let years = check.steady.plans.iter().filter_map(|plan| plan.years_to_settle);
        let longest = years.fold(0.0, f64::max);
        if longest > FAR_BEYOND * horizon {
            let line = format!(
                "After up to {} years, far beyond your {}: no forecast, but the direction in which each plan pulls.",
                format::decimals(longest, 0, Style::Sentence),
                format::weeks(f64::from(check.scenario.weeks), Style::Sentence)
            );
            self.text
                .push_str(&format!("  {}\n", hanging(&line, 2, self.width)));
        }
    }

    /// A row of the steady states.
    fn state(&self, state: &PlanState) -> Vec<String> {
        let number = |x: f64| format::number(x, Style::Table);
        let whole = |x: f64| format::decimals(x, 0, Style::Table);
        let money = |x| format::money(x, self.currency, Style::Table);
        let share = |x| format::percent(x, Style::Table);
        let load = state
            .load
            .map_or_else(String::new, |load| match load < check::MANY_TIMES {
                true => format!(" = {}", share(load)),
                false => format!(" = {}", format::ratio(load, Style::Table)),
            });
        let short = match state.limited_by {
            Side::Capacity => "hours",
            Side::Demand => "leads",
            Side::Neither => "–",
        };
        let settles = match (state.years_to_settle, state.settles) {
            (Some(years), _) => format!("{} years", whole(years)),
            (None, true) => "now".to_owned(),
            (None, false) => "never".to_owned(),
        };
        let (hours, worked) = if state.hours_wanted + state.hours_had > 0.0 {
            let (wanted, had) = (number(state.hours_wanted), number(state.hours_had));
            (format!("{wanted} / {had}{load}"), share(state.leads_served))
        } else {
            ("–".to_owned(), "–".to_owned())
        };
        let mut row = vec![
            label(state),
            state.marketing_share.map_or_else(|| "–".to_owned(), share),
            money(state.marketing_per_year),
            money(state.payroll_per_year),
        ];
        row.extend(
            state
                .heads
                .iter()
                .map(|head| format::heads(head.heads, Style::Table)),
        );
        row.extend([
            number(state.leads_per_week),
            hours,
            worked,
            whole(state.wins_per_year),
            money(state.revenue_per_year),
            whole(state.customers),
            short.to_owned(),
            settles,
        ]);
        row
    }

    /// What to do now.
    fn next(&mut self, checked: &CheckDocument) {
        let found = checked.found.iter();
        let odd = found.filter(|found| {
            let unusual = |row: &Plausible| row.verdict == Verdict::Unusual;
            !found.warnings.is_empty() || found.plausibility.iter().any(unusual)
        });
        let file = words::for_shells(&checked.file);
        let line = match (checked.valid, odd.count()) {
            (false, _) => "Next: mend the error above; a run would end with it.".to_owned(),
            (true, 0) => format!("Next: gtm-sim run {file}"),
            (true, _) => {
                format!("Next: look at the warnings and unusual numbers above, then gtm-sim run {file}")
            }
        };
        self.text.push_str(&format!("\n{line}\n"));
    }
}

/// The rows with those of a kind together, kinds in the order in which they first come.
fn by_kind(rows: &[Plausible]) -> Vec<&Plausible> {
    let mut kinds: Vec<&str> = Vec::new();
    for row in rows {
        if !kinds.contains(&row.id.as_str()) {
            kinds.push(&row.id);
        }
    }
    let of = |kind: &&str| rows.iter().filter(|row| row.id == *kind).collect::<Vec<_>>();
    kinds.iter().flat_map(of).collect()
}

/// The label of a plan, with the phase that is held.
fn label(state: &PlanState) -> String {
    match state.phase {
        Some(phase) if phase.number == phase.of => format!("{} (last)", state.label),
        Some(phase) => format!("{} ({}.)", state.label, phase.number),
        None => state.label.clone(),
    }
}
