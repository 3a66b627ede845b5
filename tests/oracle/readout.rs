//! What is read from a replication: measures at its end, series every week, under the names of docs/measures.md.

use super::account::Place;
use super::market::Market;
use super::tally::What;
use gtm_sim::model::scenario::Scenario;

/// Whom a reading is for.
#[derive(Clone, Copy)]
pub enum For {
    All,
    Channel(usize),
    Role(usize),
    Year(usize),
}

#[derive(Clone, Copy)]
pub enum Number {
    Amount(f64),
    /// A ratio of two amounts.
    Ratio(f64, f64),
}

pub type Reading = (&'static str, For, Number);

/// The full name of a reading.
pub fn name(scenario: &Scenario, id: &str, whom: For) -> String {
    match whom {
        For::All => id.to_owned(),
        For::Channel(c) => format!("{id}.{}", scenario.channels[c].name),
        For::Role(r) => format!("{id}.{}", scenario.roles[r].name),
        For::Year(y) => format!("{id}.{}", y + 1),
    }
}

/// Measures that are sums over the horizon.
const SUMS: &[(&str, &[What])] = &[
    ("revenue_new", &[What::New]),
    ("revenue_renewal", &[What::Renewal]),
    ("revenue_expansion", &[What::Expansion]),
    ("revenue_repeat", &[What::Repeat]),
    ("bookings", &[What::Bookings]),
    ("unspent", &[What::Unspent]),
    ("spent_on_channels", &[What::Channels]),
    ("spent_on_overhead", &[What::Overhead]),
    ("spent_on_pay", &[What::Pay]),
    ("spent_on_hiring", &[What::Hiring]),
    ("spent_on_severance", &[What::Severance]),
    ("spent_on_commission", &[What::Commission]),
    ("customers_won", &[What::Wins, What::SelfServeWins]),
    ("customers_lost", &[What::CustomersLost]),
    ("customers_won_lost", &[What::WonLost]),
    ("became_aware", &[What::BecameAware]),
    ("forgot", &[What::Forgot]),
    ("leads", &[What::Inbound, What::Outbound, What::Referred]),
    ("leads_inbound", &[What::Inbound]),
    ("leads_outbound", &[What::Outbound]),
    ("leads_referred", &[What::Referred]),
    ("leads_organic", &[What::Organic]),
    ("leads_from_aware", &[What::FromAware]),
    ("leads_assisted", &[What::Assisted]),
    ("leads_self_serve", &[What::SelfServe]),
    ("leads_worked", &[What::Worked]),
    ("leads_died", &[What::Died]),
    ("disqualified", &[What::Disqualified]),
    ("opportunities", &[What::Opportunities]),
    ("wins", &[What::Wins]),
    ("lost", &[What::Lost]),
    ("lost_misfit", &[What::LostMisfit]),
    ("lost_no_decision", &[What::LostNoDecision]),
    ("self_serve_wins", &[What::SelfServeWins]),
    ("orders", &[What::Orders]),
];

impl Market<'_> {
    pub fn measures(&self) -> Vec<Reading> {
        let sums = &self.total.sums;
        let mut list = vec![
            ("value", For::All, Number::Amount(self.total.value)),
            (
                "value_horizon",
                For::All,
                Number::Amount(self.total.value_of_horizon),
            ),
            (
                "value_tail",
                For::All,
                Number::Amount(self.total.value - self.total.value_of_horizon - self.total.value_at_end),
            ),
            ("value_end", For::All, Number::Amount(self.total.value_at_end)),
            ("contribution", For::All, Number::Amount(self.total.contribution)),
            ("revenue", For::All, Number::Amount(sums.revenue())),
            (
                "gross_profit",
                For::All,
                Number::Amount(sums.revenue() * self.scenario.finance.gross_margin),
            ),
            ("spent", For::All, Number::Amount(sums.spent())),
        ];
        for (id, parts) in SUMS {
            let sum = parts.iter().map(|what| sums.get(*what)).sum();
            list.push((*id, For::All, Number::Amount(sum)));
        }
        self.add_ends(&mut list);
        self.add_ratios(&mut list);
        self.add_each(&mut list);
        list
    }

    fn add_ends(&self, list: &mut Vec<Reading>) {
        let total = &self.total;
        let told = self.scenario.today.cash;
        let cash = |change: f64| told.map_or(f64::NAN, |start| start + change);
        let below = told.map_or(f64::NAN, |start| {
            f64::from(u8::from(start + total.lowest_cash < 0.0))
        });
        let weeks = self.plan.horizon as f64;
        let ends = [
            ("arr_end", total.arr_end),
            ("customers_end", total.customers_end),
            ("aware_end", total.aware_end),
            ("open_opportunities_end", total.open_end),
            ("waiting_leads_end", total.waiting_end),
            ("cash_end", cash(total.cash)),
            ("cash_lowest", cash(total.lowest_cash)),
            (
                "cash_lowest_week",
                told.map_or(f64::NAN, |_| total.lowest_week as f64),
            ),
            ("cash_below_zero", below),
            (
                "weeks_limited_by_capacity",
                total.sums.get(What::CapacityLimits) / weeks,
            ),
            (
                "weeks_limited_by_demand",
                total.sums.get(What::DemandLimits) / weeks,
            ),
        ];
        for (id, amount) in ends {
            list.push((id, For::All, Number::Amount(amount)));
        }
    }

    fn add_ratios(&self, list: &mut Vec<Reading>) {
        let sums = &self.total.sums;
        let margin = self.scenario.finance.gross_margin;
        let [start, net, gross] = self.total.retention;
        let cost = sums.acquisition();
        let won = sums.get(What::Wins) + sums.get(What::SelfServeWins);
        let lifetime = sums.get(What::LifetimeValue);
        let (worked, died) = (sums.get(What::Worked), sums.get(What::Died));
        let (wins, lost) = (sums.get(What::Wins), sums.get(What::Lost));
        let quota = sums.get(What::Quota);
        let asked = |amount: f64| if quota > 0.0 { amount } else { 0.0 };
        let ratios = [
            ("nrr", net, start),
            ("grr", gross, start),
            ("cac", cost, won),
            (
                "payback_weeks",
                cost,
                sums.get(What::NewAnnualValue) * margin / 52.0,
            ),
            (
                "ltv_to_cac",
                if lifetime.is_finite() { lifetime } else { 0.0 },
                if lifetime.is_finite() { cost } else { 0.0 },
            ),
            ("leads_died_share", died, died + worked),
            ("lead_response_weeks", sums.get(What::WaitedWeeks), worked),
            ("win_rate", wins, wins + lost),
            ("quota_attainment", asked(sums.get(What::ValueWonByReps)), quota),
            (
                "pipeline_coverage",
                asked(sums.get(What::PipelineValue)),
                13.0 * quota,
            ),
        ];
        for (id, of, per) in ratios {
            list.push((id, For::All, Number::Ratio(of, per)));
        }
    }

    fn add_each(&self, list: &mut Vec<Reading>) {
        let sums = &self.total.sums;
        for (year, money) in self.total.revenue_by_year.iter().enumerate() {
            list.push(("revenue_year", For::Year(year), Number::Amount(*money)));
        }
        for c in 0..self.scenario.channels.len() {
            list.push(("spend", For::Channel(c), Number::Amount(sums.spend[c])));
            list.push(("leads_of", For::Channel(c), Number::Amount(sums.leads_of[c])));
        }
        for (r, role) in self.scenario.roles.iter().enumerate() {
            list.push(("pay", For::Role(r), Number::Amount(sums.pay[r])));
            list.push(("cost", For::Role(r), Number::Amount(sums.cost[r])));
            list.push(("hires", For::Role(r), Number::Amount(sums.hires[r])));
            if role.selling_hours_per_week > 0.0 {
                let used = Number::Ratio(sums.hours_used[r], sums.hours_had[r]);
                list.push(("utilisation", For::Role(r), used));
            }
        }
    }

    /// Series of the week just lived.
    pub fn series(&self, list: &mut Vec<(&'static str, For, f64)>) {
        list.clear();
        let week = &self.tally;
        let flows = [
            ("became_aware", week.get(What::BecameAware)),
            ("leads_inbound", week.get(What::Inbound)),
            ("leads_outbound", week.get(What::Outbound)),
            ("leads_referred", week.get(What::Referred)),
            (
                "leads",
                week.get(What::Inbound) + week.get(What::Outbound) + week.get(What::Referred),
            ),
            ("leads_organic", week.get(What::Organic)),
            ("leads_self_serve", week.get(What::SelfServe)),
            ("leads_worked", week.get(What::Worked)),
            ("leads_died", week.get(What::Died)),
            ("hours_wanted", week.get(What::HoursWanted)),
            ("hours_had", week.get(What::HoursHad)),
            ("hours_used", week.get(What::HoursUsed)),
            ("limited_by_capacity", week.get(What::CapacityLimits)),
            ("limited_by_demand", week.get(What::DemandLimits)),
            ("opportunities", week.get(What::Opportunities)),
            ("pipeline_value", week.get(What::PipelineValue)),
            ("quota", week.get(What::Quota)),
            ("value_won", week.get(What::ValueWonByReps)),
            ("wins", week.get(What::Wins)),
            ("self_serve_wins", week.get(What::SelfServeWins)),
            ("customers_lost", week.get(What::CustomersLost)),
            ("learned", self.learned),
            ("revenue", week.revenue()),
            ("revenue_new", week.get(What::New)),
            ("revenue_renewal", week.get(What::Renewal)),
            ("revenue_expansion", week.get(What::Expansion)),
            ("revenue_repeat", week.get(What::Repeat)),
            ("spent", week.spent()),
            ("contribution", self.total.contribution_of_week),
            ("contribution_to_date", self.total.contribution),
        ];
        for (id, amount) in flows {
            list.push((id, For::All, amount));
        }
        self.add_stocks(list);
        for c in 0..self.scenario.channels.len() {
            list.push(("leads_of", For::Channel(c), week.leads_of[c]));
            list.push(("spend", For::Channel(c), week.spend[c]));
        }
        for r in 0..self.scenario.roles.len() {
            let staffed = &self.staffed[r];
            list.push(("heads", For::Role(r), staffed.filled));
            list.push(("ramped", For::Role(r), staffed.ramped));
            list.push(("vacancies", For::Role(r), staffed.wanted - staffed.filled));
            list.push(("hires", For::Role(r), staffed.hires));
            list.push(("cost", For::Role(r), week.cost[r]));
        }
    }

    fn add_stocks(&self, list: &mut Vec<(&'static str, For, f64)>) {
        let (mut unaware, mut aware, mut waiting, mut open, mut customers, mut cared) =
            (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        for crowd in &self.crowds {
            for place in &crowd.accounts {
                match place {
                    Place::Unaware => unaware += 1.0,
                    Place::Aware => aware += 1.0,
                    Place::Waiting(_) => waiting += 1.0,
                    Place::Open(_) => open += 1.0,
                    Place::Customer(_) => {
                        customers += 1.0;
                        cared += crowd.relationship;
                    }
                    _ => {}
                }
            }
        }
        let relationship = if customers > 0.0 { cared / customers } else { 0.0 };
        let stocks = [
            ("unaware", unaware),
            ("aware", aware),
            ("waiting_leads", waiting),
            ("open_opportunities", open),
            ("customers", customers),
            ("relationship", relationship),
        ];
        for (id, amount) in stocks {
            list.push((id, For::All, amount));
        }
        if let Some(start) = self.scenario.today.cash {
            list.push(("cash", For::All, start + self.total.cash));
        }
    }
}
