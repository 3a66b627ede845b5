//! Customers: renewals, churn, relationship, repeat purchase (docs/model.md, 4.7).

use crate::support::bare::{AddTo, bare, channel, role};
use crate::support::lives::{
    assert_close, assert_mean, assert_variance, follow, live, means, values, weekly,
};
use gtm_sim::model::inversions::{care_today, churn_today};
use gtm_sim::model::scenario::{Hazard, Scenario};
use gtm_sim::model::segment::{CareRate, Churn, CustomerModel, DealValue, OrganicLeads};

/// 104 customers at 12,000 a year who churn at `hazard` a year and never come back; no way to win others.
fn installed(hazard: f64, weeks: u32) -> Scenario {
    let mut scenario = bare(104, weeks);
    scenario.today.customers[0] = 104.0;
    let customers = &mut scenario.segments[0].customers;
    customers.annual_value_today = 12_000.0;
    customers.churn = Churn::Flat(Hazard::PerYear(hazard));
    customers.returns = 0.0;
    scenario
}

/// 100 accounts that all buy at 12,000 a year in week 1 and churn at .20 a year at renewals.
fn won_in_week_one(weeks: u32, expansion: f64) -> Scenario {
    let mut scenario = bare(100, weeks);
    let segment = &mut scenario.segments[0];
    segment.awareness.aware_today = 1.0;
    segment.leads.organic = OrganicLeads::Hazard(1000.0);
    segment.leads.needs_a_rep = 0.0;
    segment.leads.self_serve_conversion = 1.0;
    segment.deals.value = DealValue::Fixed(12_000.0);
    segment.customers.churn = Churn::Flat(Hazard::PerYear(0.2));
    segment.customers.expansion = CareRate::Flat(expansion);
    segment.customers.returns = 0.0;
    scenario
}

/// Contracts of 12,000 a year with expansion .05: the first year is new revenue, then e^(−.2) and e^(−.4) of it is renewed, and
/// growth adds e^.05 − 1 and e^.1 − 1 of that.
#[test]
fn revenue_of_contracts_by_origin() {
    let lived = live(&won_in_week_one(157, 0.05), 500, 2);
    assert_mean(&values(&lived, 0, "revenue_new"), 1_200_000.0, 4.0);
    assert_mean(
        &values(&lived, 0, "revenue_renewal"),
        1_200_000.0 * (0.818730753 + 0.670320046),
        4.0,
    );
    let grown = 0.818730753 * 0.051271096 + 0.670320046 * 0.105170918;
    assert_mean(&values(&lived, 0, "revenue_expansion"), 1_200_000.0 * grown, 4.0);
}

/// Today's customers of a large segment, in one future within 4 standard deviations: sd √(n p (1 − p)), .670320 left after two
/// years.
#[test]
fn todays_customers_of_a_large_segment_churn_from_the_first_week() {
    let mut large = installed(0.2, 104);
    large.segments[0].accounts = 1_040_000;
    large.today.customers[0] = 1_040_000.0;
    let left = weekly(&live(&large, 4, 4), 0, "customers", 104);
    let sd = (1_040_000.0 * 0.670320 * 0.329680_f64).sqrt();
    left.iter()
        .for_each(|left| assert_close(*left, 1_040_000.0 * 0.670320, 4.0 * sd + 1.0));
}

/// "Churn 12 % a year" as a share: hazard .002458334 a week, .681472 left after 156 weeks.
#[test]
fn a_yearly_share_is_a_share_after_a_year() {
    let mut scenario = installed(0.0, 156);
    let customers = &mut scenario.segments[0].customers;
    customers.contract_weeks = 1.0;
    customers.churn = Churn::Flat(Hazard::YearlyShare(0.12));
    let (hazard, _) = churn_today(customers.churn, 0.0);
    assert_close(hazard / 52.0, 0.002458334, 6e-10);
    let lived = live(&scenario, 400, 6);
    assert_mean(&weekly(&lived, 0, "customers", 52), 104.0 * 0.88, 4.0);
    assert_mean(&weekly(&lived, 0, "customers", 156), 104.0 * 0.681472, 4.0);
}

/// Covered .08, uncovered .18: effect .8671141; today's hazard .1597745 at relationship .25, .1286358 at .5, .1035657 at
/// .75.
#[test]
fn churn_is_anchored_at_todays_relationship() {
    let churn = Churn::Care {
        covered: 0.08,
        uncovered: 0.18,
    };
    for (relationship, hazard) in [
        (0.25, 0.1597745),
        (0.5, 0.1286358),
        (0.75, 0.1035657),
        (0.0, 0.1984509),
    ] {
        let (today, effect) = churn_today(churn, relationship);
        assert_close(today, hazard, 6e-8);
        assert_close(effect, 0.8671141, 6e-8);
        assert_close(
            1.0 - libm::exp(-today * libm::exp(-effect * (1.0 - relationship))),
            0.08,
            1e-12,
        );
        assert_close(
            1.0 - libm::exp(-today * libm::exp(effect * relationship)),
            0.18,
            1e-12,
        );
    }
    assert_eq!(
        care_today(
            CareRate::Care {
                covered: 0.2,
                uncovered: 0.1
            },
            0.25
        ),
        (0.125, 0.1)
    );
}

/// In the engine: from relationship .5 to 1 in the first week loses 8 % a year, to 0 loses 18 %, unmoved 12.0706 %.
#[test]
fn coverage_moves_churn() {
    for (covered, speed, lost) in [(104.0, 1.0, 0.08), (0.0, 1.0, 0.18), (0.0, 0.0, 0.120706)] {
        let mut manager = role("manager");
        manager.accounts_covered = covered;
        let mut scenario = installed(0.0, 52).with_role(manager, Some(1.0));
        scenario.budget.annual = 52_000.0;
        scenario.plans[0].roles[0] = 1.0;
        scenario.today.relationship[0] = Some(0.5);
        let customers = &mut scenario.segments[0].customers;
        customers.contract_weeks = 1.0;
        customers.churn = Churn::Care {
            covered: 0.08,
            uncovered: 0.18,
        };
        customers.relationship_speed = speed;
        let lived = live(&scenario, 800, 7);
        assert_mean(&values(&lived, 0, "customers_lost"), 104.0 * lost, 4.0);
    }
}

/// Who left is counted by origin: none of today's customers, all of those won; customers at the end are today's survivors
/// and the won who stayed.
#[test]
fn those_won_and_lost_are_no_customers_of_today() {
    for model in [
        CustomerModel::Subscription,
        CustomerModel::Repeat,
        CustomerModel::OneOff,
    ] {
        let mut today = installed(0.2, 156);
        today.segments[0].customers.model = model;
        let mut won = won_in_week_one(156, 0.0);
        won.segments[0].customers.model = model;
        let (today, won) = (live(&today, 20, 7), live(&won, 20, 7));
        assert!(values(&today, 0, "customers_lost").iter().sum::<f64>() > 100.0);
        assert_close(values(&today, 0, "customers_won_lost").iter().sum(), 0.0, 1e-9);
        for (won_lost, lost) in
            values(&won, 0, "customers_won_lost")
                .iter()
                .zip(values(&won, 0, "customers_lost"))
        {
            assert_close(*won_lost, lost, 1e-9);
        }
    }
}

/// r_t = c + (r_0 − c)(1 − k)^t with r_0 = .2, coverage .8, k = .05: .491995, .641888, .758334 in weeks 13, 26, 52.
#[test]
fn relationship_moves_towards_coverage() {
    let mut manager = role("manager");
    manager.accounts_covered = 83.2;
    let mut scenario = installed(0.0, 52).with_role(manager, Some(1.0));
    scenario.budget.annual = 52_000.0;
    scenario.plans[0].roles[0] = 1.0;
    scenario.today.relationship[0] = Some(0.2);
    scenario.segments[0].customers.relationship_speed = 0.05;
    let lived = live(&scenario, 2, 8);
    for (week, relationship) in [(13, 0.491995), (26, 0.641888), (52, 0.758334)] {
        assert_close(weekly(&lived, 0, "relationship", week)[0], relationship, 6e-7);
    }
    // Left out, it starts at coverage.
    scenario.today.relationship[0] = None;
    assert_close(weekly(&live(&scenario, 2, 8), 0, "relationship", 1)[0], 0.8, 6e-7);
}

/// 100 customers join 104 in week 1 with today's relationship .2, those there are at 1: (104 + 100 × .2)/204.
#[test]
fn new_customers_bring_todays_relationship() {
    let mut manager = role("manager");
    manager.accounts_covered = 104.0;
    let mut scenario = won_in_week_one(1, 0.0).with_role(manager, Some(1.0));
    scenario.segments[0].accounts = 204;
    scenario.segments[0].awareness.aware_today = 100.0 / 204.0;
    scenario.segments[0].customers.relationship_speed = 1.0;
    scenario.today.customers[0] = 104.0;
    scenario.today.relationship[0] = Some(0.2);
    scenario.budget.annual = 52_000.0;
    scenario.plans[0].roles[0] = 1.0;
    scenario.segments[0].customers.churn = Churn::Flat(Hazard::PerYear(0.0));
    let lived = live(&scenario, 2, 9);
    assert_close(weekly(&lived, 0, "relationship", 1)[0], 124.0 / 204.0, 1e-7);
}

/// Orders Poisson(12) a year, baskets gamma of shape 2 and scale 15: mean 360, variance 16,200 a customer; alone, and 100
/// together, of whom 23 order in a week: a week's sum is one gamma.
#[test]
fn repeat_purchase_is_poisson_gamma() {
    for (number, replications) in [(1.0, 8000), (100.0, 4000)] {
        let mut scenario = bare(1000, 52);
        scenario.today.customers[0] = number;
        let customers = &mut scenario.segments[0].customers;
        customers.model = CustomerModel::Repeat;
        customers.orders_per_year = 12.0;
        customers.basket_mean = 30.0;
        customers.basket_cv = 0.5_f64.sqrt();
        let lived = live(&scenario, replications, 10);
        assert_mean(&values(&lived, 0, "revenue"), number * 360.0, 4.0);
        assert_variance(&values(&lived, 0, "revenue"), number * 16_200.0, 4.0);
        assert_mean(&values(&lived, 0, "orders"), number * 12.0, 4.0);
        assert_variance(&values(&lived, 0, "orders"), number * 12.0, 4.0);
    }
}

/// Orders × e^(effect (rel − rel_0)), here e^(.4 × .5); drop-out with churn; the win brings nothing in its own week.
#[test]
fn orders_follow_the_relationship() {
    let mut manager = role("manager");
    manager.accounts_covered = 1000.0;
    let mut scenario = installed(0.5, 52).with_role(manager, Some(1.0));
    scenario.budget.annual = 52_000.0;
    scenario.plans[0].roles[0] = 1.0;
    scenario.today.relationship[0] = Some(0.5);
    let customers = &mut scenario.segments[0].customers;
    customers.model = CustomerModel::Repeat;
    customers.relationship_speed = 1.0;
    (
        customers.orders_per_year,
        customers.order_effect,
        customers.basket_mean,
    ) = (12.0, 0.4, 30.0);
    let lived = live(&scenario, 800, 11);
    // Customers in week t: e^(−.5 (t − 1)/52) of today's.
    let weeks: f64 = (0..52).map(|week| libm::exp(-0.5 * f64::from(week) / 52.0)).sum();
    assert_mean(
        &values(&lived, 0, "orders"),
        104.0 * 12.0 / 52.0 * libm::exp(0.2) * weeks,
        4.0,
    );
    assert_mean(&weekly(&lived, 0, "customers", 52), 104.0 * libm::exp(-0.5), 4.0);
}

/// Referrals at max(0, referral + effect (rel − rel_0)): .1 + .2 × .5 a customer and year when nobody was covered today
/// and half of the gap is closed in week 1.
#[test]
fn referrals_follow_the_relationship() {
    let mut manager = role("manager");
    manager.accounts_covered = 1000.0;
    let mut scenario = installed(0.0, 2).with_role(manager, Some(1.0));
    scenario.budget.annual = 52_000.0;
    scenario.plans[0].roles[0] = 1.0;
    scenario.segments[0].accounts = 10_000;
    scenario.segments[0].customers.relationship_speed = 0.5;
    scenario.segments[0].leads.referral_per_year = CareRate::Care {
        covered: 0.3,
        uncovered: 0.1,
    };
    scenario.today.relationship[0] = Some(0.0);
    let followed = follow(&scenario, 10_000, 12, |market| {
        [market.week.get(gtm_sim::model::sums::Item::LeadsReferred)]
    });
    assert_mean(&means(&followed, 1)[0], 104.0 / 52.0 * 0.2, 4.0);
    let first: Vec<f64> = followed.iter().map(|weeks| weeks[0][0]).collect();
    assert_mean(&first, 104.0 / 52.0 * 0.1, 4.0);
}

/// Of those who churn a share returns to the aware after cooling off, the others have left for good.
#[test]
fn churned_customers_return_in_part() {
    let mut scenario = installed(1.0, 30);
    scenario.segments[0].customers.contract_weeks = 1.0;
    scenario.segments[0].customers.returns = 0.25;
    scenario.segments[0].leads.cool_off_weeks = 4.0;
    scenario.today.cooling[0] = Some(0.0);
    let lived = live(&scenario, 2000, 13);
    // Churned until the end of week 26 are back in week 30.
    let gone = 1.0 - libm::exp(-26.0 / 52.0);
    assert_mean(&weekly(&lived, 0, "aware", 30), 104.0 * 0.25 * gone, 4.0);
}

/// Contracts of 26 weeks that expand by .1 a year: two renewals of e^.05 in a year.
#[test]
fn expansion_is_a_rate_a_year() {
    let mut scenario = installed(0.0, 52);
    scenario.segments[0].customers.contract_weeks = 26.0;
    scenario.segments[0].customers.expansion = CareRate::Flat(0.1);
    let annual = values(&live(&scenario, 1, 14), 0, "arr_end")[0];
    assert_close(annual, 104.0 * 12_000.0 * libm::exp(0.1), 1e-6);
}

/// A manager of 104 accounts who serves two segments of 104 customers covers half of each.
#[test]
fn a_manager_of_two_segments_is_shared() {
    let mut manager = role("manager");
    manager.accounts_covered = 104.0;
    manager.segments = vec![0, 1];
    let mut scenario = installed(0.0, 1).with_role(manager, Some(1.0));
    let mut other = scenario.segments[0].clone();
    other.name = gtm_sim::model::name::Name::new("others");
    scenario = scenario.with_segment(other, 104.0);
    scenario.budget.annual = 52_000.0;
    scenario.plans[0].roles[0] = 1.0;
    scenario.today.relationship = vec![Some(0.0); 2];
    for segment in &mut scenario.segments {
        segment.customers.relationship_speed = 1.0;
    }
    assert_close(
        weekly(&live(&scenario, 1, 15), 0, "relationship", 1)[0],
        0.5,
        1e-7,
    );
}

/// A channel that is new and half saturated cuts churn by e^(−.8 × .5) and lifts orders by e^(.6 × .5).
#[test]
fn channels_cut_churn_and_lift_orders() {
    let mut club = channel("club", 0.0);
    club.scale = gtm_sim::model::scenario::ResponseScale::HalfSaturation(1000.0);
    (club.churn_cut, club.order_lift) = (0.8, 0.6);
    let mut scenario = installed(5.2, 1).with_channel(club);
    scenario.budget.annual = 52_000.0;
    scenario.plans[0].phases[0].marketing_share = 1.0;
    scenario.plans[0].channels[0] = 1.0;
    scenario.segments[0].accounts = 10_000;
    scenario.today.customers[0] = 10_000.0;
    let customers = &mut scenario.segments[0].customers;
    (customers.model, customers.orders_per_year) = (CustomerModel::Repeat, 5.2);
    let lived = live(&scenario, 1000, 16);
    let lost = -libm::expm1(-0.1 * libm::exp(-0.4));
    assert_mean(&values(&lived, 0, "customers_lost"), 10_000.0 * lost, 4.0);
    assert_mean(&values(&lived, 0, "orders"), 1000.0 * libm::exp(0.3), 4.0);
}
