//! What `check` prints for people.

use super::grid::{Flush, grid, hanging, split};
use super::terminal::{Look, Terminal};
use crate::analysis::check::{
    Actual, AssumedDefault, Beliefs, Check, CheckDocument, Inverted, PlanState, Plausible, Side, Verdict,
};
use crate::units::format::{self, Style};
use crate::units::unit::Unit;

/// Width where nobody's terminal says another.
const WIDTH: usize = 100;
/// Least and greatest width that is used.
const WIDTHS: (usize, usize) = (60, 120);

/// Column in which labels stand beside values and verdicts.
const VALUES: usize = 19;

/// A page that is written section by section.
struct Page<'a> {
    text: String,
    width: usize,
    currency: &'a str,
    terminal: &'a Terminal,
}

/// The whole page.
pub(super) fn render(checked: &CheckDocument, terminal: &Terminal) -> String {
    let width = terminal.width.unwrap_or(WIDTH).clamp(WIDTHS.0, WIDTHS.1);
    let currency = checked
        .found
        .as_ref()
        .map_or("", |found| found.scenario.currency.as_str());
    let mut page = Page {
        text: String::new(),
        width,
        currency,
        terminal,
    };
    page.head(checked);
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

fn count(n: usize, one: &str) -> String {
    let many = if n == 1 { "" } else { "s" };
    format!("{n} {one}{many}")
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

    fn title(&mut self, title: &str, aside: &str) {
        self.text.push('\n');
        self.text.push_str(&self.terminal.paint(title, Look::Strong));
        self.text.push('\n');
        if !aside.is_empty() {
            let aside = format!("  {}", hanging(aside, 2, self.width));
            self.text.push_str(&self.terminal.paint(&aside, Look::Aside));
            self.text.push('\n');
        }
    }

    fn grid(&mut self, rows: &[Vec<String>], columns: &[Flush]) {
        self.text.push_str(&grid(rows, columns, 2, self.width));
    }

    /// A name and numbers, cut into grids that fit.
    fn grids(&mut self, rows: &[Vec<String>]) {
        for (position, part) in split(rows, 2, self.width).iter().enumerate() {
            if position > 0 {
                self.text.push('\n');
            }
            let mut columns = vec![Flush::Right; part.first().map_or(0, Vec::len)];
            if let Some(first) = columns.first_mut() {
                *first = Flush::Left;
            }
            self.grid(part, &columns);
        }
    }

    /// How busy today's sellers are: the number that decides most.
    fn load(&mut self, now: &PlanState) {
        let Some(load) = now.load else { return };
        self.title("How busy today's sellers are", "");
        let number = |x: f64| format::number(x, Style::Sentence);
        let short = match now.limited_by {
            Side::Capacity => "hours are short: more leads win nothing, more hours do",
            Side::Demand | Side::Neither => "leads are short: more leads win, more hours hardly do",
        };
        let line = format!(
            "{} of their hours are wanted ({} of {} a week); {short}. No other number decides as much about the best split. If your sellers are busier or idler, mend deals_per_rep_year, today.team or the leads of today first.",
            format::percent(load, Style::Sentence),
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
            let ratio = actual
                .ratio
                .map_or_else(|| "–".to_owned(), |x| format::decimals(x, 2, Style::Table));
            let verdict = if actual.near {
                "near".to_owned()
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

    fn amount(&self, x: f64, unit: Unit) -> String {
        match unit {
            Unit::Share if x > 0.0 && x < 0.1 => fine_percent(x),
            Unit::PerWeek | Unit::PerYear => format::number(x, Style::Table),
            Unit::MoneyPerWeek | Unit::MoneyPerYear => format::money(x, self.currency, Style::Table),
            unit => format::quantity(x, unit, self.currency, Style::Table),
        }
    }

    fn plausible(&mut self, rows: &[Plausible]) {
        self.title(
            "Is this your company?",
            "What follows from your numbers today, beside what is published.",
        );
        for (position, row) in rows.iter().enumerate() {
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
            let next = rows.get(position + 1);
            let last_of_its_kind = next.is_none_or(|next| next.published != row.published);
            if let Some(published) = row.published.as_ref().filter(|_| last_of_its_kind) {
                let line = format!("compare: {} [{}]", published.figure, published.source);
                let line = format!("{}{}", " ".repeat(VALUES), hanging(&line, VALUES, self.width));
                self.text.push_str(&self.terminal.paint(&line, Look::Aside));
                self.text.push('\n');
            }
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
    }

    /// A row of the steady states.
    fn state(&self, state: &PlanState) -> Vec<String> {
        let number = |x: f64| format::number(x, Style::Table);
        let whole = |x: f64| format::decimals(x, 0, Style::Table);
        let money = |x| format::money(x, self.currency, Style::Table);
        let share = |x| format::percent(x, Style::Table);
        let load = state
            .load
            .map_or_else(String::new, |load| format!(" = {}", share(load)));
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
            format!(
                "{} / {}{load}",
                number(state.hours_wanted),
                number(state.hours_had)
            ),
            share(state.leads_served),
            whole(state.wins_per_year),
            money(state.revenue_per_year),
            whole(state.customers),
            short.to_owned(),
            settles,
        ]);
        row
    }

    fn inverted(&mut self, inverted: &Inverted) {
        self.title("What your numbers mean", "");
        let money = |x| format::money(x, self.currency, Style::Table);
        let number = |x: f64| format::number(x, Style::Table);
        if !inverted.channels.is_empty() {
            let head = [
                "channel",
                "spend/week",
                "half at",
                "response",
                "doubling adds",
                "leads typed → week 1",
                "lead hazard",
            ];
            let mut heads = head.map(str::to_owned).to_vec();
            let one = inverted.segments.len() == 1;
            heads.extend(inverted.segments.iter().map(|segment| match one {
                true => "awareness hazard".to_owned(),
                false => format!("awareness hazard, {}", segment.name),
            }));
            let mut rows = vec![heads];
            for channel in &inverted.channels {
                let typed = channel.leads_typed.map_or_else(|| "–".to_owned(), number);
                let mut row = vec![
                    channel.name.clone(),
                    money(channel.spend_per_week),
                    money(channel.half_saturation_per_week),
                    format::percent(channel.response, Style::Table),
                    format::percent(channel.doubling_adds, Style::Table),
                    format!("{typed} → {}", number(channel.leads_reproduced)),
                    number(channel.lead_hazard_per_week),
                ];
                row.extend(
                    channel
                        .awareness_hazard_per_week
                        .iter()
                        .map(|hazard| number(*hazard)),
                );
                rows.push(row);
            }
            self.grids(&rows);
        }
        for segment in &inverted.segments {
            let deals = segment.deals_per_rep_year.map_or_else(String::new, |deals| {
                format!(", from {} deals per rep and year", number(deals))
            });
            let line = format!(
                "{}: {} of those who know it forget a week; {} know it today, {} would where today's spend holds for good (leads left out); churn is a hazard of {} a year{}; a lead takes {} hours, an open opportunity {} a week{deals}; leads a week: {} organic, {} outbound, {} referred.",
                segment.name,
                fine_percent(-libm::expm1(-segment.forget_per_week)),
                format::percent(segment.aware_today, Style::Table),
                format::percent(segment.aware_in_equilibrium, Style::Table),
                number(segment.churn_per_year),
                care(segment.retention_effect, segment.relationship),
                number(segment.hours_lead),
                number(segment.hours_opportunity),
                number(segment.organic_leads),
                number(segment.outbound_leads),
                number(segment.referred_leads),
            );
            self.text
                .push_str(&format!("  {}\n", hanging(&line, 4, self.width)));
        }
    }

    fn unknowns(&mut self, beliefs: &Beliefs) {
        if beliefs.inputs.is_empty() {
            self.title("What nobody knows", "");
            self.text
                .push_str("  No interval: every future has the same inputs, and the spread is luck alone.\n");
            return;
        }
        let moved = format::percent(
            beliefs.moved.any as f64 / beliefs.drawn.max(1) as f64,
            Style::Sentence,
        );
        let aside = format!(
            "{}; {moved} of {} draws contradict each other and are moved.",
            count(beliefs.inputs.len(), "interval"),
            format::count(beliefs.drawn)
        );
        self.title("What nobody knows", &aside);
        let mut rows = vec![["", "P5", "P50", "P95", ""].map(str::to_owned).to_vec()];
        let mut before = "";
        for belief in &beliefs.inputs {
            let (section, key) = section_of(&belief.name);
            if section != before {
                rows.push(vec![format!("[{section}]")]);
                before = section;
            }
            let amount = |x| self.amount(x, belief.unit);
            rows.push(vec![
                format!("  {key}"),
                amount(belief.p05),
                amount(belief.p50),
                amount(belief.p95),
                belief.family.clone(),
            ]);
        }
        let right = Flush::Right;
        self.grid(&rows, &[Flush::Left, right, right, right, Flush::Left]);
    }

    fn assumed(&mut self, check: &Check) {
        let assumed = &check.assumed;
        self.title("What you left out", "");
        let steady = assumed.steady_starts.iter().map(|start| {
            let value = self.amount(start.value, start.unit);
            (start.path.clone(), value, format!("steady: {}", start.from))
        });
        let mut rows = Vec::new();
        let mut before = String::new();
        for (path, value, about) in steady.chain(grouped(&assumed.defaults)) {
            let (section, key) = section_of(&path);
            if section != before {
                rows.push(vec![format!("[{section}]")]);
                section.clone_into(&mut before);
            }
            rows.push(vec![format!("  {key}"), format!("= {value}"), about]);
        }
        self.grid(&rows, &[Flush::Left, Flush::Left, Flush::Wrapped]);
        if !assumed.off.is_empty() {
            let line = format!("off: {}", assumed.off.join(", "));
            self.text
                .push_str(&format!("  {}\n", hanging(&line, 7, self.width)));
        }
    }

    /// What to do now.
    fn next(&mut self, checked: &CheckDocument) {
        let found = checked.found.iter();
        let odd = found.filter(|found| {
            let unusual = |row: &Plausible| row.verdict == Verdict::Unusual;
            !found.warnings.is_empty() || found.plausibility.iter().any(unusual)
        });
        let line = match (checked.valid, odd.count()) {
            (false, _) => "Next: mend the error above; a run would end with it.".to_owned(),
            (true, 0) => format!("Next: gtm-sim run {}", checked.file),
            (true, _) => format!(
                "Next: look at the warnings and unusual numbers above, then gtm-sim run {}",
                checked.file
            ),
        };
        self.text.push_str(&format!("\n{line}\n"));
    }
}

/// Defaults, those of the same key in one row.
fn grouped(defaults: &[AssumedDefault]) -> Vec<(String, String, String)> {
    let mut rows: Vec<(&AssumedDefault, Vec<&str>)> = Vec::new();
    for default in defaults {
        let name = name_in(&default.path);
        match rows
            .iter_mut()
            .find(|(first, _)| first.about == default.about && !name.is_empty())
        {
            Some((_, names)) => names.push(name),
            None => rows.push((default, vec![name])),
        }
    }
    let row = |(default, names): (&AssumedDefault, Vec<&str>)| {
        let value = default
            .value
            .map_or_else(|| "no limit".to_owned(), |x| format::number(x, Style::Table));
        let (path, about) = match names.as_slice() {
            [] | [_] => (default.path.clone(), default.about.clone()),
            [first, ..] => {
                let path = default.path.replacen(&format!(".{first}."), ".*.", 1);
                (path, format!("{} ({})", default.about, names.join(", ")))
            }
        };
        (path, value, about)
    };
    rows.into_iter().map(row).collect()
}

/// The section of a path and the key in it: `segments.mid-market` and `deals.win_rate`.
fn section_of(path: &str) -> (&str, &str) {
    let first = path.find('.').unwrap_or(0);
    let end = if name_in(path).is_empty() {
        first
    } else {
        path[first + 1..]
            .find('.')
            .map_or(first, |second| first + 1 + second)
    };
    (&path[..end], path[end..].trim_start_matches('.'))
}

/// The name of the planner's choice in a path, such as `search` in `channels.search.slope`.
fn name_in(path: &str) -> &str {
    let mut parts = path.split('.');
    let of_many = matches!(parts.next(), Some("channels" | "roles" | "segments"));
    parts.next().filter(|_| of_many).unwrap_or("")
}

/// Shares below a tenth with the digits that matter.
fn fine_percent(share: f64) -> String {
    format!("{}\u{202f}%", format::number(share * 100.0, Style::Table))
}

/// The label of a plan, with the phase that is held.
fn label(state: &PlanState) -> String {
    match state.phase {
        Some(phase) if phase.number == phase.of => format!("{} (last)", state.label),
        Some(phase) => format!("{} ({}.)", state.label, phase.number),
        None => state.label.clone(),
    }
}

/// What care changes in churn.
fn care(effect: f64, relationship: f64) -> String {
    if effect == 0.0 {
        return ", with or without care".to_owned();
    }
    let factor = format::ratio(libm::exp(-effect), Style::Sentence);
    let today = format::percent(relationship, Style::Sentence);
    format!(" at today's relationship of {today}, with full care {factor} that without any")
}
