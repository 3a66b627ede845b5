#!/bin/sh
# Regenerates the figures of docs/contexts.md: every table on stdout, results.json of every run under output/contexts/,
# a chart of every context but b2b (docs/gallery.sh draws that one) under docs/images/contexts/. About ten minutes on two
# cores. From the root of the repository:
#   cargo build --release && sh docs/contexts.sh
# The seed is that of the scenario files, 20270104; the same seed gives the same bytes.
set -eu
gtm=${GTM_SIM:-target/release/gtm-sim}
out=output/contexts
scenarios="consumer_goods b2b_services startup established b2b"

# run NAME SCENARIO OPTIONS...
run() {
  name=$1 scenario=$2
  shift 2
  echo "=== $name"
  "$gtm" run "scenarios/$scenario.toml" --out "$out/$name" "$@"
}

# split NAME SCENARIO OPTIONS...: every twentieth from no marketing to nothing else, with today's mixes, beside the first plan
split() {
  name=$1 scenario=$2
  shift 2
  for share in 0.00 0.05 0.10 0.15 0.20 0.25 0.30 0.35 0.40 0.45 0.50 0.55 0.60 0.65 0.70 0.75 0.80 0.85 0.90 0.95 1.00; do
    plan="at-$(echo "$share" | tr -d .)"
    set -- "$@" --set "plans.$plan={marketing_share=$share}" --plans "$plan"
  done
  first=today
  [ "$scenario" = startup ] && first=steady
  run "$name" "$scenario" --reps 2000 --no-charts --plans "$first" "$@" 2>/dev/null
}

# The table and the charts: the files as shipped, 4,000 futures.
for scenario in $scenarios; do
  run "$scenario" "$scenario"
done
mkdir -p docs/images/contexts
for chart in consumer_goods/distribution b2b_services/difference startup/difference established/difference; do
  cp "$out/${chart%/*}/charts/${chart#*/}.png" "docs/images/contexts/${chart%/*}.png"
done

# The extremes, and where between them the best split lies.
for scenario in $scenarios; do
  split "split_$scenario" "$scenario"
done

# What relationships carry: effects as typed, no effect (today's rates whatever the care), nobody cared for.
# The three hold the unknowns of these rates at their typical values, so that they differ in nothing else.
relationships() {
  scenario=$1 segment=segments.$2 today=$3 covered=$4 uncovered=$5 referral=$6 referral_uncovered=$7 expansion=$8 expansion_uncovered=$9
  split "care_typed_$scenario" "$scenario" \
    --set "$segment.customers.churn={covered=$covered,uncovered=$uncovered}" \
    --set "$segment.leads.referral_per_year={covered=$referral,uncovered=$referral_uncovered}" \
    --set "$segment.customers.expansion={covered=$expansion,uncovered=$expansion_uncovered}"
  at() { awk "BEGIN { print $2 + $today * ($1 - $2) }"; }
  # the hazard is log-linear in the relationship, churn typed as a share of a year
  churn=$(awk "BEGIN { c = -log(1 - $covered); u = -log(1 - $uncovered); print 1 - exp(-exp(log(u) + $today * (log(c) - log(u)))) }")
  split "care_without_effect_$scenario" "$scenario" \
    --set "$segment.customers.churn={yearly_share=$churn}" \
    --set "$segment.leads.referral_per_year=$(at "$referral" "$referral_uncovered")" \
    --set "$segment.customers.expansion=$(at "$expansion" "$expansion_uncovered")"
  split "care_for_nobody_$scenario" "$scenario" \
    --set "$segment.customers.churn={yearly_share=$uncovered}" \
    --set "$segment.leads.referral_per_year=$referral_uncovered" \
    --set "$segment.customers.expansion=$expansion_uncovered"
}
relationships b2b_services niche 0.46 0.12 0.25 0.26 0.15 0.07 0.03
relationships established firms 0.68 0.065 0.14 0.057 0.035 0.08 0.05
relationships b2b mid-market 0.83 0.075 0.13 0.065 0.035 0.11 0.05

# The startup's path: without and with unaware buyers caught by search; shorter and longer.
# With capture 0 the 3 leads a week of search cannot be: the 200 firms that know the company buy too seldom. There it brings 0.5.
run startup_capture_0 startup --no-charts --reps 2000 --set channels.search.capture=0 --set channels.search.leads_per_week_today=0.5
for capture in 0.1 0.2 0.4; do
  run "startup_capture_$capture" startup --no-charts --reps 2000 --set "channels.search.capture=$capture"
done
for weeks in 52 104 156; do
  run "startup_weeks_$weeks" startup --no-charts --reps 2000 --set "scenario.weeks=$weeks" --set "environment.events.recession.window=[1,52]"
  split "startup_split_weeks_$weeks" startup --set "scenario.weeks=$weeks" --set "environment.events.recession.window=[1,52]"
done

# The startup, had it the sellers already that the steady plan pays for.
run startup_team startup --no-charts --reps 2000 --set 'today.team={ae=4.2,sdr=3.5,success=1.6}'

# The established company's next unit of money, were growth of contracts the same for everybody.
run established_flat_growth established --no-charts --reps 2000 --set segments.firms.customers.expansion=0.07

# Consumer goods, were the product on fewer or more shelves without field work.
for base in 0.3 0.8; do
  split "consumer_goods_shelf_$base" consumer_goods --set "segments.households.availability.base=$base"
done
