//! Keys of the file itself, of `[scenario]`, `[budget]`, `[plans.NAME]`, `[today]`, `[actuals]`, `[work]`, `[feedback]`, `[finance]`.

use super::entry::{Key, Kind, words};
use crate::model::parameters::Range;
use crate::scenario_file::sections::plans::MOST_BUDGET_FACTOR;
use crate::scenario_file::sections::scenario::{MOST_REPLICATIONS, MOST_SEED, MOST_WEEKS};
use crate::scenario_file::sections::work::ORDERS;

const SHARE: Range = Range { low: 0.0, high: 1.0 };
const NOT_NEGATIVE: Range = Range {
    low: 0.0,
    high: f64::INFINITY,
};

/// Up to `[today]`, in the order of the file.
pub(super) const FIRST: &[Key] = &[
    Key::new("extends", Kind::Text, "The file that this one builds on, found from its own folder. Tables merge; mixes and lists are replaced whole.")
        .left_out("the file stands alone")
        .acts("", "what this file leaves out is read from there, before anything is checked")
        .example("\"b2b.toml\""),
    Key::new("scenario", Kind::Section, "What the scenario is called, its calendar, what plans are judged by and how many futures are simulated.").always(),
    Key::new("scenario.name", Kind::Text, "What the scenario is called.")
        .always()
        .acts("", "titles of the table, of charts and of files")
        .example("\"B2B software, mid-market\""),
    Key::new("scenario.question", Kind::Text, "The question that it answers.")
        .left_out("no question")
        .acts("", "stands above the results")
        .example("\"How should $5.0M a year be split between marketing and sales?\""),
    Key::new("scenario.currency", Kind::Currency, "The currency of every amount.")
        .always()
        .acts("", "how amounts are printed; nothing is converted")
        .example("\"USD\""),
    Key::new("scenario.start", Kind::Date, "The day on which week 1 begins.")
        .always()
        .acts("4.0", "which month or week of the year a week of the horizon is, for both seasonalities")
        .example("2027-01-04"),
    Key::new("scenario.weeks", Kind::Whole(1, MOST_WEEKS), "The horizon in weeks; two years are 104.")
        .always()
        .acts("4", "how many weeks are lived and measured; the tail comes after")
        .example("104"),
    Key::new("scenario.objective", Kind::Measure, "The measure by which plans are judged.")
        .left_out("\"value\"")
        .acts("", "which plan is called the best, and what differences are told in")
        .example("\"value\""),
    Key::new("scenario.target", Kind::Target, "A measure and the amount to be reached.")
        .left_out("no target")
        .acts("", "the share of futures in which a plan reaches it is told")
        .example("{ revenue = 30_000_000 }"),
    Key::new("scenario.replications", Kind::Whole(1, MOST_REPLICATIONS), "How many futures are simulated.")
        .left_out("1_000")
        .acts("", "the error of every estimate: four times as many futures halve it")
        .example("4_000"),
    Key::new("scenario.seed", Kind::Whole(0, MOST_SEED), "The seed of all luck.")
        .left_out("1")
        .acts("", "which futures are drawn; the same seed gives the same bytes")
        .example("20270104"),
    Key::new("budget", Kind::Section, "The money that every plan splits between marketing and sales.").always(),
    Key::number("budget.annual")
        .always()
        .acts("4.1", "weekly marketing and sales money of every plan")
        .example("5_000_000"),
    Key::number("budget.marketing_overhead")
        .acts("4.1", "what is left of the marketing money for the channels")
        .example("0.30"),
    Key::number("budget.price_growth")
        .acts("4.2", "how much less the same channel money buys as time goes on")
        .example("0.05"),
    Key::new("budget.seasonality", Kind::Seasonality, "Which part of the year's channel money each month or week of the calendar year gets; divided by the mean.")
        .left_out("\"flat\"")
        .acts("4.1", "channel money of a week; overhead and sales have no season")
        .example("[1.1, 1.1, 1.1, 1.0, 1.0, 1.0, 0.8, 0.7, 1.1, 1.2, 1.1, 0.8]"),
    Key::new("budget.whole_heads", Kind::Flag, "Whether target heads are whole ones.")
        .left_out("false")
        .acts("4.4", "target heads: rounded down, the rest buys further full heads; else the last seat is part-time")
        .example("true"),
    Key::new("budget.includes", Kind::Text, "What the budget covers.")
        .left_out("nothing is said")
        .acts("", "words for the reader only")
        .example("\"media, events, marketing team; SDRs, AEs, customer success; no sales leadership\""),
    Key::new("plans.*", Kind::Section, "A split of the budget to be judged. The first plan is the baseline; what another leaves out is as in the first.").always(),
    Key::new("plans.*.label", Kind::Text, "Its name for people.")
        .left_out("made of the key")
        .acts("", "tables, sentences and charts")
        .example("\"Build, then harvest\""),
    Key::new("plans.*.marketing_share", Kind::Plain(SHARE), "The share of the budget that goes to marketing; the rest goes to sales.")
        .told_where("it is the first plan")
        .left_out("as in the first plan")
        .instead(&["phases"])
        .acts("4.1", "channel money and overhead; the rest sets the target heads (4.4)")
        .example("0.30"),
    Key::new("plans.*.phases", Kind::Phases, "Marketing shares one after the other, with their lengths; the last phase lasts to the end.")
        .left_out("as in the first plan")
        .instead(&["marketing_share"])
        .acts("4.1", "the marketing share of a week; teams grow and shrink at the borders (4.4)")
        .example("[{ weeks = 26, marketing_share = 0.45 }, { marketing_share = 0.20 }]"),
    Key::new("plans.*.phases.weeks", Kind::Whole(1, MOST_WEEKS), "How long the phase lasts.")
        .told_where("it is not the last phase")
        .left_out("to the end")
        .acts("4.1", "when the next phase begins")
        .example("26"),
    Key::new("plans.*.phases.marketing_share", Kind::Plain(SHARE), "The share of the budget that goes to marketing in this phase.")
        .always()
        .acts("4.1", "as `marketing_share` of a plan, in its weeks")
        .example("0.45"),
    Key::new("plans.*.budget_factor", Kind::Plain(Range { low: 0.0, high: MOST_BUDGET_FACTOR }), "A factor on `budget.annual` for this plan.")
        .left_out("as in the first plan, there 1")
        .acts("4.1", "all money of the plan within the horizon; in the tail that of the first plan holds")
        .example("1.2"),
    Key::new("plans.*.channels", Kind::Mix("channel"), "How the channel money is shared among the channels.")
        .told_where("it is the first plan and there are several channels")
        .left_out("as in the first plan")
        .acts("4.1", "money of each channel")
        .example("{ search = 0.40, content = 0.30, brand = 0.30 }"),
    Key::new("plans.*.roles", Kind::Mix("role"), "How the sales money is shared among the roles.")
        .told_where("it is the first plan and there are several roles")
        .left_out("as in the first plan")
        .acts("4.4", "target heads of each role: its money over `loaded_cost_per_year`")
        .example("{ ae = 0.58, sdr = 0.22, success = 0.20 }"),
    Key::new("today", Kind::Section, "The state on the start date. What is left out starts steady: as if today's plan had always been followed."),
    Key::number("today.cash")
        .left_out("measures of cash are undefined")
        .acts("4.9", "cash and its lowest point")
        .example("6_000_000"),
    Key::new("today.team", Kind::NumberByName("role"), "Heads of each role today; the last one may be part-time.")
        .left_out("the steady team of the first plan, vacancies included")
        .acts("4.4", "filled seats at the start; plans that want more hire, those that want fewer cut")
        .example("{ ae = 8, sdr = 7, success = 5 }"),
    Key::new("today.tenure_weeks", Kind::Tenures, "Weeks since hire of today's heads, one number per head.")
        .left_out("drawn as in a steady team")
        .acts("4.4", "how far today's heads have ramped, and who stays in a cut")
        .example("{ ae = [260, 130, 90, 52, 40, 26, 13, 4] }"),
    Key::new("today.pipeline", Kind::NumberByName("segment"), "Open opportunities of each segment today.")
        .left_out("steady: today's qualified leads times the length of the cycle")
        .acts("3", "opportunities that are under way in week 1")
        .example("{ mid-market = 90 }"),
    Key::new("today.customers", Kind::NumberByName("segment"), "Customers of each segment today.")
        .acts("3", "customers of week 1: revenue, renewals, referrals, word of mouth")
        .example("{ mid-market = 400 }"),
    Key::new("today.relationship", Kind::NumberByName("segment"), "How well today's customers of each segment are looked after, 0 to 1.")
        .left_out("today's coverage")
        .acts("4.7", "the level from which churn, orders, expansion and referrals deviate")
        .example("{ mid-market = 0.5 }"),
    Key::new("today.cooling", Kind::NumberByName("segment"), "Accounts of each segment that were lost or dropped lately and are not asked again yet.")
        .left_out("steady: today's flow times `cool_off_weeks`")
        .acts("3", "accounts that are out of the market in the first weeks")
        .example("{ mid-market = 250 }"),
    Key::number("today.insight")
        .left_out("steady: what today's closings keep alive")
        .acts("4.8", "what is learned at the start, from which lifts and targeting deviate")
        .example("450"),
    Key::new("actuals", Kind::Section, "The last 52 weeks as they were, to hold the model against. They change nothing in a simulation."),
    Key::new("actuals.leads", Kind::Plain(NOT_NEGATIVE), "Leads of every source in the last 52 weeks.")
        .left_out("not compared")
        .acts("", "`check` puts it beside the leads that the model expects of today's plan")
        .example("1_900"),
    Key::new("actuals.opportunities", Kind::Plain(NOT_NEGATIVE), "Leads that qualified in the last 52 weeks.")
        .left_out("not compared")
        .acts("", "`check` puts it beside the expected opportunities")
        .example("440"),
    Key::new("actuals.wins", Kind::Plain(NOT_NEGATIVE), "Deals won in the last 52 weeks.")
        .left_out("not compared")
        .acts("", "`check` puts it beside the expected wins")
        .example("96"),
    Key::new("actuals.revenue", Kind::Plain(NOT_NEGATIVE), "Revenue of the last 52 weeks.")
        .left_out("not compared")
        .acts("", "`check` puts it beside the expected revenue")
        .example("10_400_000"),
    Key::new("actuals.customers_lost", Kind::Plain(NOT_NEGATIVE), "Customers lost in the last 52 weeks.")
        .left_out("not compared")
        .acts("", "`check` puts it beside the expected losses")
        .example("44"),
    Key::new("actuals.heads", Kind::PlainByName("role", NOT_NEGATIVE), "Mean heads of each role in the last 52 weeks.")
        .left_out("not compared")
        .acts("", "`check` puts them beside the heads that today's plan pays")
        .example("{ ae = 8, sdr = 7, success = 5 }"),
];

/// `[work]`.
pub(super) const WORK: &[Key] = &[
    Key::new("work", Kind::Section, "How sellers spend their hours.")
        .told_where("leads need a rep and a role sells"),
    Key::new(
        "work.order",
        Kind::Choice(&words(ORDERS)),
        "Which waiting lead is called first.",
    )
    .told_where("leads need a rep and a role sells")
    .acts("4.5", "which leads grow stale when hours are short")
    .example("\"newest\""),
    Key::number("work.new_lead_share")
        .acts(
            "4.5",
            "hours that go to leads before open opportunities get theirs",
        )
        .example("0.15"),
    Key::number("work.stop_after_weeks")
        .left_out("twice the half-life of a lead, at least 1")
        .acts("4.5", "when a lead that nobody called dies")
        .example("3"),
    Key::number("work.touch_every_weeks")
        .acts("4.3", "how fast outbound touches tire a small market")
        .example("8"),
];

/// `[feedback]` and `[finance]`.
pub(super) const LAST: &[Key] = &[
    Key::new(
        "feedback",
        Kind::Section,
        "What closed opportunities teach, won and lost ones.",
    ),
    Key::number("feedback.insight_half_life_weeks")
        .acts("4.8", "how fast what was learned is forgotten")
        .example("52"),
    Key::number("feedback.half_learned_after")
        .left_out("nothing is learned")
        .acts("4.8", "what is learned from the closed deals that are remembered")
        .example("450"),
    Key::number("feedback.win_lift")
        .acts("4.6", "win rate, as more or less than today is learned")
        .example("0.10"),
    Key::number("feedback.lead_lift")
        .acts(
            "4.3",
            "appeal: inbound and outbound leads, as more or less than today is learned",
        )
        .example("0.10"),
    Key::new("finance", Kind::Section, "Margin, cash and how value is counted.").always(),
    Key::number("finance.gross_margin")
        .always()
        .acts("4.9", "gross profit, contribution, value, payback")
        .example("0.76"),
    Key::number("finance.discount")
        .acts("4.9", "weight of later weeks in value")
        .example("0.10"),
    Key::number("finance.collection_weeks")
        .acts("4.9", "cash: when a bill is paid")
        .example("6"),
    Key::number("finance.billing_weeks")
        .acts("4.9", "cash: 52 = a year in advance, 1 = week by week")
        .example("52"),
    Key::number("finance.other_costs_annual")
        .acts("4.9", "cash only; no measure of value or contribution knows them")
        .example("3_500_000"),
    Key::number("finance.value_years")
        .acts("4.9", "how long the customers of the last week count in value")
        .example("3"),
    Key::new(
        "finance.tail_weeks",
        Kind::Whole(0, MOST_WEEKS),
        "Weeks after the horizon in which every plan is followed by the first one.",
    )
    .left_out("0")
    .acts(
        "4.1",
        "in them the leads, deals and awareness that a plan left behind bear fruit; they count in value only",
    )
    .example("104"),
];
