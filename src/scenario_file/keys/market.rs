//! Keys of `[environment]`, `[channels.NAME]` and `[roles.NAME]`.

use super::entry::{Key, Kind};
use crate::model::parameters::Range;
use crate::scenario_file::sections::scenario::MOST_WEEKS;

const NOT_NEGATIVE: Range = Range {
    low: 0.0,
    high: f64::INFINITY,
};
const POSITIVE: Range = Range {
    low: f64::MIN_POSITIVE,
    high: f64::INFINITY,
};

/// `[environment]`.
pub(super) const ENVIRONMENT: &[Key] = &[
    Key::new("environment", Kind::Section, "Luck that hits everybody: the ups and downs of demand, and events such as a recession. The same in every plan."),
    Key::number("environment.volatility")
        .acts("4.0", "the demand index, which multiplies inbound occasions, meeting rates, referrals and orders")
        .example("0.15"),
    Key::number("environment.half_life_weeks")
        .acts("4.0", "how long good and bad times of the demand index last")
        .example("26"),
    Key::new("environment.demand_seasonality", Kind::Seasonality, "Demand in each month or week of the calendar year; divided by the mean.")
        .left_out("\"flat\"")
        .acts("4.0", "multiplies the demand index")
        .example("\"flat\""),
    Key::number("environment.demand_elasticity")
        .acts("4.7", "how strongly orders follow demand: 0 not at all, 1 in proportion")
        .example("1.0"),
    Key::new("environment.events.*", Kind::Section, "Something that may happen once, for all plans alike."),
    Key::number("environment.events.*.probability")
        .always()
        .acts("4.0", "in which share of the futures it happens")
        .example("0.20"),
    Key::new("environment.events.*.window", Kind::Window(2 * MOST_WEEKS), "The first and the last week in which it may start, each week alike.")
        .always()
        .acts("4.0", "when it starts")
        .example("[10, 90]"),
    Key::number("environment.events.*.weeks")
        .always()
        .acts("4.0", "how long the factors hold")
        .example("40"),
    Key::new("environment.events.*.multiplies", Kind::Table, "What it changes while it lasts, as factors.")
        .left_out("it changes nothing")
        .acts("4.0", "the rates named below; events multiply each other")
        .example("{ in_market = 0.7, churn = 1.2 }"),
    Key::number("environment.events.*.multiplies.in_market")
        .acts("4.3", "buying occasions, and so inbound leads")
        .example("0.7"),
    Key::number("environment.events.*.multiplies.meeting")
        .acts("4.3", "outbound leads")
        .example("0.8"),
    Key::number("environment.events.*.multiplies.referral")
        .acts("4.3", "referred leads")
        .example("0.9"),
    Key::number("environment.events.*.multiplies.orders")
        .acts("4.7", "orders of repeat customers")
        .example("0.8"),
    Key::number("environment.events.*.multiplies.churn")
        .acts("4.7", "churn hazard")
        .example("1.2"),
    Key::number("environment.events.*.multiplies.win_odds")
        .acts("4.6", "odds of winning, of reps and of self-serve")
        .example("0.9"),
    Key::new("environment.events.*.multiplies.kappa", Kind::PlainOrByName("channel", POSITIVE), "Factor on the half-saturation of all channels or of those named: 1.5 = the same response takes 1.5 times the money.")
        .left_out("1")
        .acts("4.2", "response of the channels")
        .example("{ search = 1.5 }"),
];

/// `[channels.NAME]`.
pub(super) const CHANNELS: &[Key] = &[
    Key::new(
        "channels.*",
        Kind::Section,
        "A way to spend marketing money: what it costs and brings today, and how that changes with more or less.",
    ),
    Key::new("channels.*.label", Kind::Text, "Its name for people.")
        .left_out("made of the key")
        .acts("", "tables, sentences and charts")
        .example("\"Search and paid\""),
    Key::number("channels.*.spend_today_per_week")
        .always()
        .acts(
            "4.2",
            "the point from which the response is measured; it is not the plan's money",
        )
        .example("8_100"),
    Key::number("channels.*.leads_per_week_today")
        .left_out("none")
        .instead(&["lead_hazard_per_week"])
        .acts(
            "5",
            "sets the lead hazard, so that today's spend brings these leads (4.3)",
        )
        .example("{ low = 8, high = 14 }"),
    Key::number("channels.*.lead_hazard_per_week")
        .instead(&["leads_per_week_today"])
        .acts("4.3", "inbound leads")
        .example("0.02"),
    Key::number("channels.*.doubling_adds")
        .always()
        .instead(&["half_saturation_per_week"])
        .acts(
            "5",
            "sets the half-saturation: how fast more money brings less (4.2)",
        )
        .example("0.35"),
    Key::number("channels.*.half_saturation_per_week")
        .left_out("as `doubling_adds` says")
        .instead(&["doubling_adds"])
        .acts("4.2", "how fast more money brings less")
        .example("9_000"),
    Key::number("channels.*.slope")
        .acts(
            "4.2",
            "shape of the response: above 1 it is S-shaped, little money brings almost nothing",
        )
        .example("1.0"),
    Key::number("channels.*.half_life_weeks")
        .acts("4.2", "how long money works after it is spent")
        .example("8"),
    Key::number("channels.*.capture")
        .acts("4.3", "inbound leads of accounts that never heard of us")
        .example("0.30"),
    Key::number("channels.*.awareness_weight")
        .instead(&["awareness_per_week"])
        .acts(
            "5",
            "how the awareness that marketing must add today is shared among the channels (4.2)",
        )
        .example("0.35"),
    Key::number("channels.*.awareness_per_week")
        .left_out("as `awareness_weight` says")
        .instead(&["awareness_weight"])
        .acts("4.2", "accounts that become aware")
        .example("0.004"),
    Key::number("channels.*.lead_lift")
        .acts(
            "4.3",
            "appeal: inbound leads of all channels and outbound leads, against today's response",
        )
        .example("0.15"),
    Key::number("channels.*.win_lift")
        .acts("4.6", "win rate, against today's response")
        .example("0.15"),
    Key::number("channels.*.churn_cut")
        .acts("4.7", "churn hazard, against today's response")
        .example("0.10"),
    Key::number("channels.*.order_lift")
        .acts("4.7", "order rate, against today's response")
        .example("0.10"),
    Key::new(
        "channels.*.targeting",
        Kind::Table,
        "How well the channel's leads are chosen.",
    )
    .left_out("not at all")
    .acts("4.3", "share of its leads that fit; their number stays")
    .example("{ base = 0.1, max = 0.4 }"),
    Key::number("channels.*.targeting.base")
        .acts("4.3", "share of its leads that fit, today")
        .example("0.1"),
    Key::number("channels.*.targeting.max")
        .left_out("as `base`")
        .acts("4.8", "share of its leads that fit, as more is learned")
        .example("0.4"),
    Key::number("channels.*.effectiveness_volatility")
        .acts("4.0", "good and bad times of this channel alone")
        .example("0.15"),
    Key::number("channels.*.effectiveness_half_life_weeks")
        .acts("4.0", "how long those times last")
        .example("8"),
    Key::new(
        "channels.*.weight",
        Kind::PlainByName("segment", NOT_NEGATIVE),
        "How strongly the channel works in each segment.",
    )
    .left_out("1 in every segment")
    .acts(
        "4.2",
        "its lead and awareness coefficients in that segment; lifts and cuts hold everywhere",
    )
    .example("{ mid-market = 1.0 }"),
];

/// `[roles.NAME]`.
pub(super) const ROLES: &[Key] = &[
    Key::new(
        "roles.*",
        Kind::Section,
        "A kind of salespeople: what a head costs, how it is hired and lost, and what it does. A role may sell, touch, cover customers and work in the field, or several of these.",
    ),
    Key::new("roles.*.label", Kind::Text, "Its name for people.")
        .left_out("made of the key")
        .acts("", "tables, sentences and charts")
        .example("\"Account executives\""),
    Key::number("roles.*.loaded_cost_per_year")
        .always()
        .acts("4.4", "target heads (money over cost) and payroll")
        .example("215_000"),
    Key::number("roles.*.selling_hours_per_week")
        .acts("4.5", "hours for leads and opportunities")
        .example("13"),
    Key::number("roles.*.touches_per_week")
        .acts("4.3", "outbound leads")
        .example("150"),
    Key::number("roles.*.accounts_covered")
        .acts(
            "4.7",
            "coverage, and through it the relationship: churn, expansion, orders, referrals",
        )
        .example("65"),
    Key::new(
        "roles.*.field",
        Kind::Flag,
        "Whether its heads raise availability.",
    )
    .left_out("false")
    .acts("4.3", "availability, and through it self-serve buyers (4.6)")
    .example("true"),
    Key::new(
        "roles.*.segments",
        Kind::Names("segment"),
        "The segments that it serves.",
    )
    .left_out("all segments")
    .acts("4.5", "whose work it does, whom it touches and covers")
    .example("[\"mid-market\"]"),
    Key::number("roles.*.time_to_hire_weeks")
        .acts("4.4", "how long a seat stays empty")
        .example("9"),
    Key::number("roles.*.ramp_weeks")
        .acts(
            "4.4",
            "what a new head does in the first weeks: hours, touches, coverage",
        )
        .example("22"),
    Key::number("roles.*.attrition_per_year")
        .acts("4.4", "how often heads leave")
        .example("0.27"),
    Key::number("roles.*.attrition_per_year.yearly_share")
        .acts("4.4", "how often heads leave, told as a share")
        .example("0.24"),
    Key::number("roles.*.cost_to_hire")
        .acts("4.4", "money on top of the budget, at every hire")
        .example("22_000"),
    Key::number("roles.*.severance_weeks")
        .acts("4.4", "money on top of the budget, when a plan cuts heads")
        .example("6"),
    Key::number("roles.*.quota_per_year")
        .left_out("the role counts in no quota")
        .acts("4.9", "quota attainment and pipeline coverage only")
        .example("750_000"),
    Key::number("roles.*.talent_sd")
        .acts("4.6", "how differently the heads of the role win")
        .example("0.25"),
    Key::new(
        "roles.*.hire_ahead",
        Kind::Flag,
        "Whether a later phase recruits in time for its first week.",
    )
    .left_out("true")
    .acts("4.4", "when the seats that a phase adds are filled")
    .example("false"),
];
