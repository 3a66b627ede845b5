#!/usr/bin/env bash
# Draws the pictures of docs/gallery.md and of the README again: bash docs/gallery.sh
# With a folder of results, `bash docs/gallery.sh --check output/b2b` only says whether they are those of that run.
set -euo pipefail
cd "$(dirname "$0")/.."

charts="distribution over-time difference journey capacity money team sweep"

if [ "${1:-}" = "--check" ]; then
  for chart in $charts; do
    cmp "${2:?a folder of results}/charts/$chart.png" "docs/images/$chart.png" || {
      echo "docs/images/$chart.png is stale; refresh it with: bash docs/gallery.sh" >&2
      exit 1
    }
  done
  exit 0
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cargo run --release --locked -- run scenarios/b2b.toml --out "$work/b2b"
for chart in $charts; do
  cp "$work/b2b/charts/$chart.png" docs/images/
done
cargo run --release --locked -- journeys scenarios/b2b.toml --sample 400 --out "$work/journeys"
cp "$work"/journeys/charts/{attribution,journey-times}.png docs/images/
