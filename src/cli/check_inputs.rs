//! What `check` prints of the inputs: their meaning in the law, what nobody knows, what is left out.

use super::check_table::MANY;
use super::grid::{Flush, hanging};
use super::page::{Page, count, fine_percent};
use crate::analysis::check::{AssumedDefault, Beliefs, Check, Inverted, SegmentFacts, SteadyStart};
use crate::units::format::{self, Style};

impl Page<'_> {
    pub(super) fn inverted(&mut self, inverted: &Inverted) {
        self.title("What your numbers mean", "");
        let number = |x: f64| format::number(x, Style::Table);
        self.channels(inverted);
        if inverted.segments.len() > MANY {
            self.segments_as_table(&inverted.segments);
            return;
        }
        for segment in &inverted.segments {
            let deals = segment.deals_per_rep_year.map_or_else(String::new, |deals| {
                format!(", from {} deals per rep and year", number(deals))
            });
            let work = if segment.hours_lead + segment.hours_opportunity > 0.0 {
                format!(
                    "a lead takes {} hours, an open opportunity {} a week{deals}; ",
                    number(segment.hours_lead),
                    number(segment.hours_opportunity)
                )
            } else {
                String::new()
            };
            let line = format!(
                "{}: {} of those who know it forget a week; {} know it today, {} would where today's spend holds for good (leads left out); churn is a hazard of {} a year{}; {work}leads a week: {} organic, {} outbound, {} referred.",
                segment.name,
                fine_percent(-libm::expm1(-segment.forget_per_week)),
                format::percent(segment.aware_today, Style::Table),
                format::percent(segment.aware_in_equilibrium, Style::Table),
                number(segment.churn_per_year),
                care(segment.retention_effect, segment.relationship),
                number(segment.organic_leads),
                number(segment.outbound_leads),
                number(segment.referred_leads),
            );
            self.text
                .push_str(&format!("  {}\n", hanging(&line, 4, self.width)));
        }
    }

    /// Many segments, a row each.
    fn segments_as_table(&mut self, segments: &[SegmentFacts]) {
        let number = |x: f64| format::number(x, Style::Table);
        let percent = |x: f64| format::percent(x, Style::Table);
        let heads = [
            "segment",
            "forget/week",
            "know it",
            "would know it",
            "churn/year",
            "hours/lead",
            "hours/opp. week",
            "organic leads",
            "outbound",
            "referred",
        ];
        let mut rows = vec![heads.map(str::to_owned).to_vec()];
        rows.extend(segments.iter().map(|segment| {
            vec![
                segment.name.clone(),
                fine_percent(-libm::expm1(-segment.forget_per_week)),
                percent(segment.aware_today),
                percent(segment.aware_in_equilibrium),
                number(segment.churn_per_year),
                number(segment.hours_lead),
                number(segment.hours_opportunity),
                number(segment.organic_leads),
                number(segment.outbound_leads),
                number(segment.referred_leads),
            ]
        }));
        self.text.push('\n');
        self.grids(&rows);
    }

    fn channels(&mut self, inverted: &Inverted) {
        if inverted.channels.is_empty() {
            return;
        }
        let money = |x| format::money(x, self.currency, Style::Table);
        let number = |x: f64| format::number(x, Style::Table);
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
        let many = inverted.segments.len() > MANY;
        if many {
            heads.push(format!("awareness hazard, {} segments", inverted.segments.len()));
        } else {
            heads.extend(inverted.segments.iter().map(|segment| match one {
                true => "awareness hazard".to_owned(),
                false => format!("awareness hazard, {}", segment.name),
            }));
        }
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
            let hazards = &channel.awareness_hazard_per_week;
            if many {
                let least = hazards.iter().copied().fold(f64::INFINITY, f64::min);
                let most = hazards.iter().copied().fold(0.0, f64::max);
                row.push(format!("{} to {}", number(least), number(most)));
            } else {
                row.extend(hazards.iter().map(|hazard| number(*hazard)));
            }
            rows.push(row);
        }
        self.grids(&rows);
    }

    pub(super) fn unknowns(&mut self, beliefs: &Beliefs) {
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

    pub(super) fn assumed(&mut self, check: &Check) {
        let assumed = &check.assumed;
        self.title("What you left out", "");
        let steady = self.steady_starts(&assumed.steady_starts);
        let all: Vec<_> = steady.into_iter().chain(grouped(&assumed.defaults)).collect();
        let mut sections: Vec<&str> = all.iter().map(|(path, _, _)| section_of(path).0).collect();
        let mut seen = Vec::new();
        sections.retain(|section| {
            let is_new = !seen.contains(section);
            seen.push(*section);
            is_new
        });
        let mut rows = Vec::new();
        for section in sections {
            rows.push(vec![format!("[{section}]")]);
            let own = all.iter().filter(|(path, _, _)| section_of(path).0 == section);
            rows.extend(own.map(|(path, value, about)| {
                let (_, key) = section_of(path);
                vec![format!("  {key}"), format!("= {value}"), about.clone()]
            }));
        }
        self.grid(&rows, &[Flush::Left, Flush::Left, Flush::Wrapped]);
        if !assumed.off.is_empty() {
            let line = format!("off: {}", assumed.off.join(", "));
            self.text
                .push_str(&format!("  {}\n", hanging(&line, 7, self.width)));
        }
    }
}

impl Page<'_> {
    /// What starts steady; many of a kind in one row, from the least to the greatest.
    fn steady_starts(&self, starts: &[SteadyStart]) -> Vec<(String, String, String)> {
        let kind = |start: &SteadyStart| {
            start
                .path
                .rsplit_once('.')
                .map_or("", |(kind, _)| kind)
                .to_owned()
        };
        let mut rows = Vec::new();
        let mut told: Vec<String> = Vec::new();
        for start in starts {
            let kind_of_it = kind(start);
            let alike: Vec<&SteadyStart> = starts.iter().filter(|other| kind(other) == kind_of_it).collect();
            let about = format!("steady: {}", start.from);
            let value = self.amount(start.value, start.unit);
            if alike.len() <= MANY {
                rows.push((start.path.clone(), value, about));
            } else if !told.contains(&kind_of_it) {
                let values = || alike.iter().map(|start| start.value);
                let least = self.amount(values().fold(f64::INFINITY, f64::min), start.unit);
                let most = self.amount(values().fold(f64::NEG_INFINITY, f64::max), start.unit);
                let about = format!("{about} (all {})", alike.len());
                rows.push((format!("{kind_of_it}.*"), format!("{least} to {most}"), about));
                told.push(kind_of_it);
            }
        }
        rows
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
                let whose = match names.split_last() {
                    Some((last, _)) if names.len() > MANY => format!("{first} … {last}: {}", names.len()),
                    _ => names.join(", "),
                };
                (path, format!("{} ({whose})", default.about))
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

/// What care changes in churn.
fn care(effect: f64, relationship: f64) -> String {
    if effect == 0.0 {
        return ", with or without care".to_owned();
    }
    let factor = format::ratio(libm::exp(-effect), Style::Sentence);
    let today = format::percent(relationship, Style::Sentence);
    format!(" at today's relationship of {today}, with full care {factor} that without any")
}
