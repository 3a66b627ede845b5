//! Books: the value rule, discounting, cash (docs/model.md, 4.9, 4.10).

use crate::support::bare::{AddTo, bare, role};
use crate::support::lives::{assert_close, live, values, weekly};
use gtm_sim::model::books::value_factor;
use gtm_sim::model::scenario::{Hazard, Scenario};
use gtm_sim::model::segment::{Churn, CustomerModel, DealValue, OrganicLeads};

/// (1 − e^(−kY))/k, k = churn + ln 1.1: 2.2099533 at churn .12 and 3 years, 3.0617742 at 5 years, 2.6092197 at churn 0.
#[test]
fn factor_of_the_value_rule() {
    let discount = libm::log(1.1);
    assert_close(value_factor(0.12, discount, 3.0), 2.2099533, 6e-8);
    assert_close(value_factor(0.12, discount, 5.0), 3.0617742, 6e-8);
    assert_close(value_factor(0.0, discount, 3.0), 2.6092197, 6e-8);
    assert_eq!(value_factor(0.0, 0.0, 3.0), 3.0);
    assert_close(120_000.0 * value_factor(0.12, discount, 3.0), 265_194.40, 6e-3);
    assert_close(120_000.0 * value_factor(0.12, discount, 5.0), 367_412.90, 6e-3);
    assert_close(120_000.0 * value_factor(0.0, discount, 3.0), 313_106.36, 6e-3);
}

/// Customers of 12,000 a year at a margin of .75, discount 10 %.
fn customers(contract_weeks: f64, weeks: u32) -> Scenario {
    let mut scenario = bare(104, weeks);
    scenario.today.customers[0] = 104.0;
    (scenario.finance.gross_margin, scenario.finance.discount) = (0.75, 0.1);
    let customers = &mut scenario.segments[0].customers;
    customers.contract_weeks = contract_weeks;
    customers.annual_value_today = 12_000.0;
    customers.churn = Churn::Flat(Hazard::YearlyShare(0.12));
    customers.returns = 0.0;
    scenario
}

/// Ten opportunities qualify in week 1 with six weeks to go, win .25, margin 20,000 a year each, churn a hazard of .12:
/// 109,289.15 at the end of week 1; customers count their annual value; all discounted by a week.
fn with_pipeline(model: CustomerModel) -> Scenario {
    let mut seller = role("seller");
    seller.selling_hours_per_week = 100.0;
    let mut scenario = customers(52.0, 1).with_role(seller, Some(1.0));
    scenario.budget.annual = 52_000.0;
    scenario.plans[0].roles[0] = 1.0;
    scenario.today.customers[0] = 40.0;
    let segment = &mut scenario.segments[0];
    segment.accounts = 50;
    segment.awareness.aware_today = 0.2;
    segment.leads.organic = OrganicLeads::Hazard(1000.0);
    segment.deals.cycle.mean_weeks = 6.0;
    segment.deals.win_rate = 0.25;
    segment.deals.value = DealValue::Fixed(20_000.0 / 0.75);
    segment.customers.churn = Churn::Flat(Hazard::PerYear(0.12));
    segment.customers.model = model;
    scenario
}

/// The parts of value add up: the horizon's own is its weekly contribution, discounted; the value rule adds the end;
/// the tail is the rest, none without one.
#[test]
fn value_has_three_parts() {
    let mut scenario = with_pipeline(CustomerModel::Subscription);
    scenario.weeks = 6;
    for tail in [0, 20] {
        scenario.finance.tail_weeks = tail;
        let lived = live(&scenario, 20, 8);
        let part = |id| values(&lived, 0, id);
        let (horizon, rest, end) = (part("value_horizon"), part("value_tail"), part("value_end"));
        let mut discounted = 0.0;
        for week in 1..=6 {
            let contribution = weekly(&lived, 0, "contribution", week)[0];
            discounted += contribution * libm::pow(1.1, -(week as f64 - 1.0) / 52.0);
        }
        // Weekly values are single precision.
        assert_close(horizon[0], discounted, discounted.abs() * 1e-6);
        for (future, value) in part("value").into_iter().enumerate() {
            assert_close(value, horizon[future] + rest[future] + end[future], 1e-6);
            assert!(end[future] > 0.0);
            assert_eq!(rest[future].abs() > 1e-6, tail > 0, "{}", rest[future]);
        }
    }
}

/// One-off: the pipeline counts its margin once, customers nothing.
#[test]
fn one_off_pipeline_counts_once() {
    let lived = live(&with_pipeline(CustomerModel::OneOff), 5, 4);
    let (value, contribution) = (values(&lived, 0, "value"), values(&lived, 0, "contribution"));
    let expected = 10.0 * 0.25 * 20_000.0 * libm::pow(1.1, -7.0 / 52.0);
    value
        .iter()
        .zip(contribution)
        .for_each(|(value, contribution)| assert_close(value - contribution, expected, 1e-6));
}

/// Repeat: customers × orders of the last week × basket × margin.
#[test]
fn repeat_customers_count_their_orders() {
    let mut scenario = customers(52.0, 10);
    let customers = &mut scenario.segments[0].customers;
    customers.model = CustomerModel::Repeat;
    (customers.orders_per_year, customers.basket_mean) = (6.0, 50.0);
    let lived = live(&scenario, 20, 5);
    let (left, annual) = (values(&lived, 0, "customers_end"), values(&lived, 0, "arr_end"));
    left.iter()
        .zip(annual)
        .for_each(|(left, annual)| assert_close(annual, left * 300.0, 1e-9));
}

/// A one-off win of the last week counts at the end: its revenue is not yet recognised.
#[test]
fn a_win_of_the_last_week_is_not_lost() {
    let mut scenario = bare(50, 1);
    let segment = &mut scenario.segments[0];
    segment.awareness.aware_today = 1.0;
    segment.leads.organic = OrganicLeads::Hazard(1000.0);
    segment.leads.needs_a_rep = 0.0;
    segment.leads.self_serve_conversion = 1.0;
    segment.customers.model = CustomerModel::OneOff;
    scenario.finance.discount = 0.1;
    let lived = live(&scenario, 1, 6);
    // Week 1 recognises what today's flow, 50 wins a week, won the week before.
    assert_eq!(values(&lived, 0, "revenue"), [500_000.0]);
    let end = values(&lived, 0, "value")[0] - values(&lived, 0, "contribution")[0];
    assert_close(end, 500_000.0 * libm::pow(1.1, -1.0 / 52.0), 1e-6);
}

/// Cash: weekly bills collected five weeks later start at their steady level, so that week 1 brings a week's revenue;
/// other costs go out of cash only.
#[test]
fn receivables_start_steady() {
    let mut scenario = customers(52.0, 8);
    scenario.segments[0].customers.churn = Churn::Flat(Hazard::PerYear(0.0));
    scenario.finance.collection_weeks = 5.0;
    scenario.finance.other_costs_annual = 104_000.0;
    scenario.today.cash = Some(1000.0);
    // The last bill of a term of 52 weeks covers what is left of it, 12 weeks after two of 20.
    for billing in [1.0, 52.0, 20.0] {
        scenario.finance.billing_weeks = billing;
        let lived = live(&scenario, 1, 7);
        for week in 1..=8 {
            let change = (104.0 * 12_000.0 * 0.75 - 104_000.0) / 52.0;
            assert_close(
                weekly(&lived, 0, "cash", week)[0],
                1000.0 + change * week as f64,
                0.5,
            );
        }
        assert_close(
            values(&lived, 0, "contribution")[0],
            104.0 * 12_000.0 * 0.75 * 8.0 / 52.0,
            1e-6,
        );
    }
}

/// Commission is paid the week after the win, on what reps won; in week 1 on today's flow, ten wins a week.
#[test]
fn commission_is_paid_the_week_after() {
    let mut scenario = with_pipeline(CustomerModel::Subscription);
    scenario.weeks = 9;
    scenario.segments[0].deals.win_rate = 1.0;
    scenario.segments[0].deals.commission = 0.1;
    let lived = live(&scenario, 1, 8);
    let spent: Vec<f64> = (1..=9).map(|week| weekly(&lived, 0, "spent", week)[0]).collect();
    let commission = 10.0 * 0.1 * 20_000.0 / 0.75;
    for (week, spent) in (1..=9).zip(spent) {
        assert_close(
            spent,
            1000.0 + if week == 1 || week == 8 { commission } else { 0.0 },
            0.01,
        );
    }
}

/// Buyers without a rep earn nobody a commission.
#[test]
fn commission_is_on_what_reps_win() {
    let mut scenario = with_pipeline(CustomerModel::Subscription);
    scenario.weeks = 9;
    scenario.segments[0].leads.needs_a_rep = 0.0;
    scenario.segments[0].leads.self_serve_conversion = 1.0;
    scenario.segments[0].deals.commission = 0.1;
    let lived = live(&scenario, 1, 9);
    assert_eq!(values(&lived, 0, "self_serve_wins"), [10.0]);
    assert_eq!(values(&lived, 0, "spent_on_commission"), [0.0]);
}
