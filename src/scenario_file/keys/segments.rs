//! Keys of `[segments.NAME]` and the sections below it.

use super::entry::{Key, Kind, words};
use crate::scenario_file::sections::customers::MODELS;
use crate::scenario_file::sections::deals::FAMILIES;
use crate::scenario_file::sections::segments::MOST_ACCOUNTS;

const SOLD: &str = "leads need a rep";
const SOLD_BY_SOMEBODY: &str = "leads need a rep and a role sells";

/// `[segments.NAME]`, `.awareness` and `.leads`.
pub(super) const BEFORE_THE_DEAL: &[Key] = &[
    Key::new("segments.*", Kind::Section, "A group of accounts that could buy and behave alike: its size here, its behaviour in the sections below it.").always(),
    Key::new("segments.*.label", Kind::Text, "Its name for people.")
        .left_out("made of the key")
        .acts("", "tables, sentences and charts")
        .example("\"Mid-market firms\""),
    Key::new("segments.*.accounts", Kind::Whole(1, MOST_ACCOUNTS), "How many firms or households could buy, customers included.")
        .always()
        .acts("3", "every pool of the segment; no account is ever added or lost")
        .example("15_000"),
    Key::new("segments.*.awareness", Kind::Section, "Who knows us, and how that grows and fades."),
    Key::number("segments.*.awareness.aware_today")
        .acts("3", "aware accounts at the start, those in the funnel included")
        .example("0.30"),
    Key::number("segments.*.awareness.aware_after_a_year_dark")
        .left_out("as `forget_per_week` says")
        .instead(&["forget_per_week"])
        .acts("5", "sets how fast accounts forget (4.2)")
        .example("{ low = 0.18, high = 0.25 }"),
    Key::number("segments.*.awareness.forget_per_week")
        .instead(&["aware_after_a_year_dark"])
        .acts("4.2", "aware accounts that forget us")
        .example("0.008"),
    Key::number("segments.*.awareness.aware_a_year_ago")
        .left_out("awareness was the same")
        .acts("5", "sets how much awareness today's marketing adds: more than steady if it grew (4.2)")
        .example("0.28"),
    Key::number("segments.*.awareness.organic_per_week")
        .acts("4.2", "accounts that become aware by themselves")
        .example("0.0005"),
    Key::number("segments.*.awareness.word_of_mouth_per_week")
        .acts("4.2", "accounts that become aware, in proportion to customers over accounts")
        .example("0.015"),
    Key::new("segments.*.leads", Kind::Section, "Who raises a hand, by which way, and what becomes of a lead that waits."),
    Key::number("segments.*.leads.in_market")
        .told_where("leads come by themselves or by channels")
        .left_out("0")
        .acts("4.3", "buying occasions: the ceiling of inbound leads")
        .example("0.06"),
    Key::number("segments.*.leads.buying_window_weeks")
        .acts("4.3", "how often occasions come, and how many a stronger effort can still win")
        .example("10"),
    Key::number("segments.*.leads.organic_leads_per_week_today")
        .left_out("none")
        .instead(&["inbound_per_week"])
        .acts("5", "sets `inbound_per_week`, so that today's aware accounts bring these leads (4.3)")
        .example("8"),
    Key::number("segments.*.leads.inbound_per_week")
        .instead(&["organic_leads_per_week_today"])
        .acts("4.3", "inbound leads that no channel makes")
        .example("0.02"),
    Key::number("segments.*.leads.fit")
        .acts("4.3", "share of leads that fit, before targeting")
        .example("0.45"),
    Key::number("segments.*.leads.needs_a_rep")
        .acts("4.3", "which leads join the queue of the reps; the others serve themselves")
        .example("0.95"),
    Key::new("segments.*.leads.self_serve", Kind::Table, "What leads do that need no rep.")
        .left_out("they never buy")
        .acts("4.6", "self-serve buyers")
        .example("{ conversion = 0.03, decision_weeks = 2 }"),
    Key::number("segments.*.leads.self_serve.conversion")
        .acts("4.6", "self-serve buyers")
        .example("0.03"),
    Key::number("segments.*.leads.self_serve.decision_weeks")
        .acts("4.3", "when self-serve leads buy or leave")
        .example("2"),
    Key::new("segments.*.leads.meeting_rate", Kind::Table, "How touches of outbound become leads.")
        .left_out("no outbound leads")
        .acts("4.3", "outbound leads")
        .example("{ unaware = 0.010, aware = 0.025 }"),
    Key::number("segments.*.leads.meeting_rate.unaware")
        .acts("4.3", "outbound leads of accounts that do not know us")
        .example("0.010"),
    Key::number("segments.*.leads.meeting_rate.aware")
        .acts("4.3", "outbound leads of accounts that know us")
        .example("0.025"),
    Key::number("segments.*.leads.outbound_leads_per_week_today")
        .left_out("as the meeting rates give")
        .acts("5", "scales both meeting rates, so that today's team brings these leads (4.3)")
        .example("9"),
    Key::new("segments.*.leads.targeting", Kind::Table, "How well the leads that no channel made are chosen, by their source.")
        .left_out("not at all")
        .acts("4.3", "share of leads that fit; their number stays")
        .example("{ organic = { base = 0.1, max = 0.2 }, referred = { base = 0.4, max = 0.4 } }"),
    Key::new("segments.*.leads.targeting.organic", Kind::Table, "Inbound leads that no channel made.")
        .left_out("not at all")
        .acts("4.3", "their share that fits")
        .example("{ base = 0.1, max = 0.2 }"),
    Key::number("segments.*.leads.targeting.organic.base")
        .acts("4.3", "their share that fits, today")
        .example("0.1"),
    Key::number("segments.*.leads.targeting.organic.max")
        .left_out("as `base`")
        .acts("4.8", "their share that fits, as more is learned")
        .example("0.2"),
    Key::new("segments.*.leads.targeting.referred", Kind::Table, "Leads that customers sent.")
        .left_out("not at all")
        .acts("4.3", "their share that fits")
        .example("{ base = 0.4, max = 0.4 }"),
    Key::number("segments.*.leads.targeting.referred.base")
        .acts("4.3", "their share that fits, today")
        .example("0.4"),
    Key::number("segments.*.leads.targeting.referred.max")
        .left_out("as `base`")
        .acts("4.8", "their share that fits, as more is learned")
        .example("0.4"),
    Key::new("segments.*.leads.targeting.outbound", Kind::Table, "Leads that reps touched.")
        .left_out("not at all")
        .acts("4.3", "their share that fits")
        .example("{ base = 0.1, max = 0.4 }"),
    Key::number("segments.*.leads.targeting.outbound.base")
        .acts("4.3", "their share that fits, today")
        .example("0.1"),
    Key::number("segments.*.leads.targeting.outbound.max")
        .left_out("as `base`")
        .acts("4.8", "their share that fits, as more is learned")
        .example("0.4"),
    Key::number("segments.*.leads.referral_per_year")
        .acts("4.3", "referred leads")
        .example("0.10"),
    Key::number("segments.*.leads.referral_per_year.covered")
        .beside("uncovered")
        .acts("4.7", "referred leads, as the relationship moves")
        .example("0.16"),
    Key::number("segments.*.leads.referral_per_year.uncovered")
        .beside("covered")
        .acts("4.7", "referred leads, as the relationship moves")
        .example("0.08"),
    Key::number("segments.*.leads.lead_half_life_weeks")
        .left_out("waiting does no harm")
        .acts("4.5", "how a lead grows stale while it waits for a rep")
        .example("1.5"),
    Key::number("segments.*.leads.cool_off_weeks")
        .acts("4.5", "when lost, dead and disqualified accounts can become leads again")
        .example("13"),
];

/// `.deals`, `.availability` and `.customers`.
pub(super) const FROM_THE_DEAL: &[Key] = &[
    Key::new(
        "segments.*.deals",
        Kind::Section,
        "What selling takes and brings: hours, how many leads qualify, how long it lasts, how often it is won and for how much.",
    ),
    Key::number("segments.*.deals.deals_per_rep_year")
        .left_out("`hours` are hours")
        .acts("5", "sets the hours: with it `hours` is a proportion only (4.5)")
        .example("14"),
    Key::new(
        "segments.*.deals.hours",
        Kind::Table,
        "The work of a seller. Beside `deals_per_rep_year` only the proportion counts.",
    )
    .told_where(SOLD_BY_SOMEBODY)
    .acts("4.5", "how much work the hours of a week can do")
    .example("{ lead = 1.0, opportunity = 0.7 }"),
    Key::number("segments.*.deals.hours.lead")
        .acts("4.5", "hours to work one lead, once")
        .example("1.0"),
    Key::number("segments.*.deals.hours.opportunity")
        .acts("4.5", "hours for one opportunity in every week of its cycle")
        .example("0.7"),
    Key::new(
        "segments.*.deals.qualify",
        Kind::Table,
        "Which worked leads become opportunities, if they did not wait.",
    )
    .acts("4.5", "new opportunities")
    .left_out("all that fit, no others")
    .example("{ fit = 0.40, misfit = 0.05 }"),
    Key::number("segments.*.deals.qualify.fit")
        .acts("4.5", "opportunities made of leads that fit")
        .example("0.40"),
    Key::number("segments.*.deals.qualify.misfit")
        .acts(
            "4.5",
            "opportunities made of leads that do not; most of their work is lost",
        )
        .example("0.05"),
    Key::new(
        "segments.*.deals.cycle",
        Kind::Table,
        "The sales cycle: worked weeks from qualified to closed.",
    )
    .left_out("one week")
    .acts("4.6", "how long an opportunity takes hours before it closes")
    .example("{ mean_weeks = 11, cv = 0.6, family = \"gamma\" }"),
    Key::number("segments.*.deals.cycle.mean_weeks")
        .acts("4.6", "length of the cycle")
        .example("11"),
    Key::number("segments.*.deals.cycle.cv")
        .acts("4.6", "how much cycles differ; 0 = all alike")
        .example("0.6"),
    Key::new(
        "segments.*.deals.cycle.family",
        Kind::Choice(&words(FAMILIES)),
        "The shape of the distribution of cycles.",
    )
    .left_out("\"gamma\"")
    .acts("4.6", "very long cycles: log-normal has more of them")
    .example("\"lognormal\""),
    Key::number("segments.*.deals.win_rate")
        .told_where(SOLD)
        .left_out("0")
        .acts(
            "4.6",
            "chance that a closing opportunity is won, before lifts and talent",
        )
        .example("{ low = 0.18, typical = 0.22, high = 0.27 }"),
    Key::number("segments.*.deals.value")
        .told_where("`model` is not `\"repeat\"`")
        .left_out("0")
        .acts("4.6", "revenue of a win")
        .example("24_000"),
    Key::number("segments.*.deals.value.median")
        .beside("sigma")
        .acts("4.6", "revenue of a win, deals log-normal")
        .example("24_000"),
    Key::number("segments.*.deals.value.sigma")
        .beside("median")
        .acts(
            "4.6",
            "how much deals differ: 0.6 = two of three lie within a factor of 1.8",
        )
        .example("0.6"),
    Key::number("segments.*.deals.value.mean")
        .beside("cv")
        .acts("4.6", "revenue of a win, deals gamma")
        .example("28_000"),
    Key::number("segments.*.deals.value.cv")
        .beside("mean")
        .acts("4.6", "how much deals differ")
        .example("0.8"),
    Key::number("segments.*.deals.referral_bonus")
        .acts("4.6", "win rate of referred opportunities")
        .example("0.5"),
    Key::number("segments.*.deals.misfit_penalty")
        .acts(
            "4.6",
            "win rate of opportunities that do not fit; it is subtracted",
        )
        .example("1.0"),
    Key::number("segments.*.deals.no_decision_share")
        .acts("4.6", "a label of lost opportunities; it changes no number")
        .example("0.4"),
    Key::number("segments.*.deals.commission")
        .acts("4.6", "money on top of the budget, the week after a win")
        .example("0.08"),
    Key::new(
        "segments.*.availability",
        Kind::Section,
        "Shelf, distribution or local presence that people in the field raise.",
    )
    .left_out("everything is always available"),
    Key::number("segments.*.availability.base")
        .always()
        .acts("4.3", "availability that needs nobody")
        .example("0.4"),
    Key::number("segments.*.availability.half_heads")
        .always()
        .acts("4.3", "how fast more heads in the field bring less")
        .example("6"),
    Key::number("segments.*.availability.speed")
        .acts("4.3", "how fast availability follows the heads")
        .example("0.05"),
    Key::new(
        "segments.*.customers",
        Kind::Section,
        "What happens after the win: how customers pay, stay, grow and leave.",
    )
    .always(),
    Key::new(
        "segments.*.customers.model",
        Kind::Choice(&words(MODELS)),
        "How customers pay: a value a year that is renewed, orders, or once.",
    )
    .always()
    .acts("4.7", "which of the keys below count")
    .example("\"subscription\""),
    Key::number("segments.*.customers.contract_weeks")
        .acts("4.7", "when subscriptions are renewed, grow or end")
        .example("52"),
    Key::number("segments.*.customers.annual_value_today")
        .told_where("there are subscribers today")
        .left_out("0")
        .acts("4.7", "revenue of today's subscribers")
        .example("28_000"),
    Key::number("segments.*.customers.churn")
        .acts(
            "4.7",
            "how often customers leave: subscribers at a renewal, others in any week",
        )
        .example("0.12"),
    Key::number("segments.*.customers.churn.yearly_share")
        .acts("4.7", "how often customers leave, told as a share")
        .example("0.12"),
    Key::number("segments.*.customers.churn.covered")
        .beside("uncovered")
        .acts("4.7", "how often customers leave, as the relationship moves")
        .example("0.08"),
    Key::number("segments.*.customers.churn.uncovered")
        .beside("covered")
        .acts("4.7", "how often customers leave, as the relationship moves")
        .example("0.16"),
    Key::number("segments.*.customers.expansion")
        .acts("4.7", "value of a subscription after its renewal")
        .example("0.06"),
    Key::number("segments.*.customers.expansion.covered")
        .beside("uncovered")
        .acts("4.7", "value after a renewal, as the relationship moves")
        .example("0.12"),
    Key::number("segments.*.customers.expansion.uncovered")
        .beside("covered")
        .acts("4.7", "value after a renewal, as the relationship moves")
        .example("0.04"),
    Key::number("segments.*.customers.orders_per_year")
        .told_where("`model` is `\"repeat\"`")
        .acts("4.7", "revenue of repeat customers")
        .example("6"),
    Key::number("segments.*.customers.order_effect")
        .acts("4.7", "orders, as the relationship moves")
        .example("0.2"),
    Key::new(
        "segments.*.customers.basket",
        Kind::Table,
        "What an order is worth.",
    )
    .told_where("`model` is `\"repeat\"`")
    .acts("4.7", "revenue of repeat customers")
    .example("{ mean = 80, cv = 0.5 }"),
    Key::number("segments.*.customers.basket.mean")
        .told_where("`model` is `\"repeat\"`")
        .acts("4.7", "revenue of an order")
        .example("80"),
    Key::number("segments.*.customers.basket.cv")
        .acts("4.7", "how much orders differ")
        .example("0.5"),
    Key::number("segments.*.customers.relationship_speed")
        .acts("4.7", "how fast customers feel that coverage changed")
        .example("0.05"),
    Key::number("segments.*.customers.returns")
        .acts("4.7", "accounts that can be won back")
        .example("0.8"),
];
