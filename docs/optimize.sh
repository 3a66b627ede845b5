#!/bin/sh
# Holds the splits that `optimize` finds against a grid of all splits: prints the table of docs/optimize.md. Needs jq.
# From the root of the repository: cargo build --release && sh docs/optimize.sh
# STEP percent between splits [1], REPS futures of each [4000]; 1 and 4000 take about half an hour on two cores.
set -eu
gtm=${GTM_SIM:-target/release/gtm-sim}
out=output/optimize
step=${STEP:-1} reps=${REPS:-4000}

echo "| scenario | found | grid's best | regret, share of a year's budget | ± | futures of the search | of the grid |"
echo "|---|---|---|---|---|---|---|"
for scenario in ${SCENARIOS:-minimal consumer_goods b2b_services startup established b2b}; do
  "$gtm" optimize "scenarios/$scenario.toml" --reps "$reps" --out "$out/$scenario" --quiet
  found=$(jq '.best.phases[0].marketing_share' "$out/$scenario/optimum.json")
  set -- --set "plans.found={marketing_share=$found}"
  plans=found share=0
  while [ "$share" -le 100 ]; do
    set -- "$@" --set "plans.at-$share={marketing_share=$(printf %d.%02d $((share / 100)) $((share % 100)))}"
    plans=$plans,at-$share share=$((share + step))
  done
  # The plan found is the baseline of the comparison, so that every split is told as a difference to it.
  "$gtm" run "scenarios/$scenario.toml" --reps "$reps" --no-charts --plans "$plans" "$@" --out "$out/$scenario-grid" --quiet 2>/dev/null
  jq -r --slurpfile optimum "$out/$scenario/optimum.json" --arg name "$scenario" '
    ($optimum[0]) as $found | ($found.near_best.within * 100) as $annual |
    (.comparison.plans | max_by(.difference)) as $best |
    ([.plans[] | select(.name == $best.name)][0].marketing_share) as $share |
    def percent: . * 1000 | round / 10 | tostring + " %";
    "| `\($name)` | \($found.best.phases[0].marketing_share | percent) | \($share | percent) | \([$best.difference, 0] | max / $annual | percent) | \($best.difference_error / $annual | percent) | \($found.replications) | \($found.replications / (.scenario.replications * ((.plans | length) - 1)) | percent) |"
  ' "$out/$scenario-grid/results.json"
done
