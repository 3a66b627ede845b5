//! Sales work: waits, expiry and order, shared hours (docs/model.md, 4.5); the queue and its load are in tests/closed_forms.

use crate::support::bare::{AddTo, bare, role, segment};
use crate::support::lives::{
    Flow, assert_close, assert_mean, assert_ratio, diary, follow, live, means, variance, weekly,
};
use gtm_sim::model::market::Pool;
use gtm_sim::model::scenario::{Order, Scenario};
use gtm_sim::model::segment::{CareRate, OrganicLeads, Segment};
use gtm_sim::model::sums::Item;

const WARM_UP: usize = 100;
const WEEKS: u32 = 400;

/// 100 constant customers refer Poisson(`leads`) a week to one seller of `hours` hours, an hour a lead, none an
/// opportunity; every worked lead qualifies but for its age, and is lost the week after.
fn queue(leads: f64, hours: f64, stop_after: f64, order: Order) -> Scenario {
    let mut seller = role("seller");
    seller.selling_hours_per_week = hours;
    let mut scenario = bare(1_000_000, WEEKS).with_role(seller, Some(1.0));
    scenario.budget.annual = 52_000.0;
    scenario.plans[0].roles[0] = 1.0;
    scenario.today.customers[0] = 100.0;
    scenario.segments[0].leads.referral_per_year = CareRate::Flat(leads * 52.0 / 100.0);
    scenario.segments[0].deals.hours_opportunity = 0.0;
    scenario.segments[0].deals.win_rate = 0.0;
    scenario.work.stop_after_weeks = Some(stop_after);
    scenario.work.order = order;
    scenario
}

/// Leads worked at the ages 0 to 3 after the warm-up, by replication.
#[derive(Default)]
struct Ages {
    worked: [f64; 4],
    all: f64,
}

fn by_age(scenario: &Scenario, replications: u64, seed: u64) -> Vec<Ages> {
    let note = |ages: &mut Ages, (week, from, to, n): Flow| {
        let (Pool::Lead { arrival, .. }, Pool::Qualified(_)) = (from, to) else {
            return;
        };
        if week as usize > WARM_UP {
            ages.all += n as f64;
            if let Some(worked) = ages.worked.get_mut((week - arrival) as usize) {
                *worked += n as f64;
            }
        }
    };
    diary(scenario, replications, seed, &note, &|_, _, _| {})
}

/// Ages of the worked under oldest first: .745926, .223144, .027343, .003170.
#[test]
fn waits_of_the_bulk_service_queue() {
    let ages = by_age(&queue(4.0, 5.0, 60.0, Order::Oldest), 300, 2);
    let all: Vec<f64> = ages.iter().map(|ages| ages.all).collect();
    for (age, share) in [0.745926, 0.223144, 0.027343, 0.003170].into_iter().enumerate() {
        let worked: Vec<f64> = ages.iter().map(|ages| ages.worked[age]).collect();
        assert_ratio(&worked, &all, share, 4.0);
    }
}

/// With `stop_after_weeks` 2: worked a week by age, dead share, effective leads a week at a half-life of one week.
#[test]
fn expiry_and_order() {
    use Order::{Newest, Oldest};
    let rows = [
        (6.0, Newest, [4.481941, 0.236265, 0.096994], 0.197467, 4.624322),
        (6.0, Oldest, [0.170936, 1.181359, 3.639158], 0.168091, 1.671405),
        (4.0, Newest, [3.589696, 0.197372, 0.078952], 0.033495, 3.708120),
        (4.0, Oldest, [2.996463, 0.895928, 0.103332], 0.001069, 3.470260),
    ];
    for (position, (leads, order, worked, dead, effective)) in rows.into_iter().enumerate() {
        let seed = 10 + position as u64;
        let mut scenario = queue(leads, 5.0, 2.0, order);
        let ages = by_age(&scenario, 200, seed);
        for (age, expected) in worked.into_iter().enumerate() {
            let weeks = f64::from(WEEKS) - WARM_UP as f64;
            let worked: Vec<f64> = ages.iter().map(|ages| ages.worked[age] / weeks).collect();
            assert_mean(&worked, expected, 4.0);
        }
        scenario.segments[0].leads.lead_half_life_weeks = 1.0;
        let followed = follow(&scenario, 200, seed, |market| {
            let week = &market.week;
            let (died, worked) = (week.get(Item::LeadsDied), week.get(Item::LeadsWorked));
            [week.get(Item::Opportunities), died, died + worked]
        });
        let [opportunities, died, all] = means(&followed, WARM_UP);
        assert_mean(&opportunities, effective, 4.0);
        assert_ratio(&died, &all, dead, 4.0);
    }
}

fn overload(new_lead_share: f64) -> Scenario {
    let mut scenario = queue(100.0, 60.0, 1.0, Order::Newest);
    scenario.work.new_lead_share = new_lead_share;
    let deals = &mut scenario.segments[0].deals;
    (deals.hours_lead, deals.hours_opportunity) = (2.0, 1.5);
    (deals.qualify_fit, deals.win_rate) = (0.3, 0.25);
    deals.cycle.mean_weeks = 10.0;
    scenario.segments[0].customers.model = gtm_sim::model::segment::CustomerModel::OneOff;
    scenario.segments[0].customers.returns = 0.0;
    scenario
}

/// A share of .5 binds (.31 would be taken): 30 hours are 15 leads a week, 20 opportunities progress, a tenth of the
/// worked weeks closes, .25 of it is won.
#[test]
fn the_share_of_new_leads_binds() {
    let followed = follow(&overload(0.5), 100, 22, |market| {
        [
            market.week.get(Item::LeadsWorked),
            market.week.get(Item::HoursUsed),
        ]
    });
    let [worked, used] = means(&followed, WARM_UP);
    worked
        .iter()
        .zip(used)
        .for_each(|(worked, used)| assert_eq!((*worked, used), (15.0, 60.0)));
}

/// Two segments at a tie share hours in proportion to the hours wanted; classes come in order: no inbound lead is worked
/// before a referred one.
#[test]
fn ties_share_hours_and_classes_come_in_order() {
    let mut scenario = queue(9.0, 6.0, 1.0, Order::Newest);
    let mut other = scenario.segments[0].clone();
    other.name = gtm_sim::model::name::Name::new("others");
    other.leads.referral_per_year = CareRate::Flat(18.0 * 52.0 / 100.0);
    scenario.segments.push(other);
    scenario.roles[0].segments = vec![0, 1];
    scenario.today.customers.push(100.0);
    scenario.today.pipeline.push(Some(0.0));
    scenario.today.relationship.push(None);
    scenario.today.cooling.push(Some(0.0));
    // An inbound class in the first segment, which must starve: 27 referred leads a week for 6 hours.
    scenario.segments[0].awareness.aware_today = 1e-3;
    scenario.segments[0].leads.in_market = 0.01;
    scenario.segments[0].leads.organic = gtm_sim::model::segment::OrganicLeads::Hazard(1.0);
    let followed = follow(&scenario, 200, 23, |market| {
        let worked = |s: usize| market.segments[s].open_all() as f64;
        [worked(0), worked(1), market.week.get(Item::LeadsWorked)]
    });
    let [first, second, worked] = means(&followed, WARM_UP);
    assert!(worked.iter().all(|worked| *worked == 6.0));
    // Referred leads of this week, in proportion to wishes 9 : 18; whole items move it by less than .1.
    let (first, _) = crate::support::lives::mean(&first);
    let (second, _) = crate::support::lives::mean(&second);
    assert_close(first, 2.0, 0.1);
    assert_close(second, 4.0, 0.1);
    let served = diary::<f64>(
        &scenario,
        3,
        24,
        &|served, (_, from, to, n)| {
            if let (Pool::Lead { class, .. }, Pool::Qualified(_)) = (from, to) {
                *served += if class == gtm_sim::model::leads::Class::Inbound {
                    n as f64
                } else {
                    0.0
                };
            }
        },
        &|_, _, _| {},
    );
    assert!(served.iter().all(|served| *served == 0.0));
}

/// Fractions of an item are carried while work waits: 2.5 hours a week work 5 leads in 2 weeks.
#[test]
fn hours_of_less_than_an_item_are_carried() {
    let followed = follow(&queue(50.0, 2.5, 1.0, Order::Newest), 2, 25, |market| {
        [market.week.get(Item::LeadsWorked)]
    });
    for weeks in followed {
        for pair in weeks.chunks(2) {
            assert_eq!((pair[0][0], pair[1][0]), (2.0, 3.0));
        }
    }
}

/// A week's referred leads are Poisson: the variance of the arrivals is their mean.
#[test]
fn arrivals_are_poisson() {
    let followed = follow(&queue(4.0, 5.0, 60.0, Order::Oldest), 20, 26, |market| {
        [market.week.get(Item::LeadsReferred)]
    });
    let arrivals: Vec<f64> = followed.iter().flatten().map(|row| row[0]).collect();
    assert_mean(&arrivals, 4.0, 4.0);
    crate::support::lives::assert_variance(&arrivals, 4.0, 4.0);
    assert!(variance(&arrivals) > 0.0);
}

/// 100 leads a week of which half do not fit, 10 hours of an hour a lead: 10 are worked, fit or not.
#[test]
fn misfits_cost_hours_too() {
    let mut scenario = queue(100.0, 10.0, 1.0, Order::Newest);
    scenario.segments[0].leads.fit = 0.5;
    for weeks in follow(&scenario, 2, 27, |market| {
        [
            market.week.get(Item::LeadsWorked),
            market.week.get(Item::HoursUsed),
        ]
    }) {
        assert!(weeks.iter().all(|week| *week == [10.0, 10.0]));
    }
}

/// Ten accounts that raise a hand in every week in which they may, and never buy.
fn eager(name: &str) -> Segment {
    let mut eager = segment(name, 10);
    eager.awareness.aware_today = 1.0;
    eager.leads.organic = OrganicLeads::Hazard(1000.0);
    eager.deals.qualify_fit = 0.0;
    eager
}

/// Leads of week 1 that nobody calls in it cool off for four weeks and are leads again in week 5.
#[test]
fn dead_leads_cool_off() {
    let mut scenario = bare(10, 8);
    scenario.segments[0] = eager("firms");
    scenario.segments[0].leads.cool_off_weeks = 4.0;
    scenario.work.stop_after_weeks = Some(0.0);
    let lived = live(&scenario, 1, 28);
    for (week, leads) in (1..=8).zip([10.0, 0.0, 0.0, 0.0, 10.0, 0.0, 0.0, 0.0]) {
        assert_eq!(weekly(&lived, 0, "leads", week), [leads], "week {week}");
    }
}

/// Ten hours of one who sells to both segments, ten of one who sells to the first: specialists first, all 20 leads are
/// called; the other way round five of the second segment would be left.
#[test]
fn specialists_work_first() {
    let (mut both, mut one) = (role("both"), role("one"));
    (both.selling_hours_per_week, one.selling_hours_per_week) = (10.0, 10.0);
    both.segments = vec![0, 1];
    let mut scenario = bare(10, 1)
        .with_role(both, Some(1.0))
        .with_role(one, Some(1.0))
        .with_segment(eager("others"), 0.0);
    scenario.segments[0] = eager("firms");
    scenario.budget.annual = 104_000.0;
    scenario.plans[0].roles = vec![0.5, 0.5];
    assert_eq!(weekly(&live(&scenario, 1, 29), 0, "leads_worked", 1), [20.0]);
}
