#!/usr/bin/env bash
# The licences of all crates that are built into gtm-sim, as the table of docs/dependencies.md: bash docs/licences.sh
# Fails if a licence is none of those that ask for nothing but a notice. With --check it also compares the page.
set -euo pipefail
cd "$(dirname "$0")/.."

allowed="MIT Apache-2.0 Apache-2.0-WITH-LLVM-exception BSD-2-Clause BSD-3-Clause 0BSD Zlib BSL-1.0 Unicode-3.0 Unlicense"

table() {
  echo "| licence | crates | |"
  echo "|---|---|---|"
  # "LICENCE|NAME VERSION", each crate once; some authors still write "A/B" for "A OR B".
  cargo tree --locked --target x86_64-unknown-linux-gnu -e no-dev --prefix none --format '{l}|{p}' |
    sed -e 's/ (\*)$//' -e 's/ (proc-macro)$//' -e 's| (/.*)$||' |
    awk -F'|' '{
      n = split($2, p, " "); gsub("/", " OR ", $1); name = p[1]
      if (name != "gtm-sim" && !seen[$1 "|" $2]++) { count[$1]++; names[$1] = names[$1] (names[$1] == "" ? "" : ", ") name }
    }
    END { for (l in count) print l "|" count[l] "|" names[l] }' |
    LC_ALL=C sort -t'|' -k2,2nr -k1,1 |
    while IFS='|' read -r licence count names; do
      sorted=$(tr ',' '\n' <<<"$names" | tr -d ' ' | LC_ALL=C sort | paste -sd, | sed 's/,/, /g')
      echo "| $licence | $count | $sorted |"
    done
}

printed=$(table)
terms=$(sed -e 1,2d -e 's/^| //' -e 's/ |.*//' -e 's/ WITH /-WITH-/g' -e 's/[()]//g' -e 's/ OR /\n/g' -e 's/ AND /\n/g' <<<"$printed" | sort -u)
for term in $terms; do
  if ! grep -qw -- "$term" <<<"$allowed"; then
    echo "$term is not among the licences that were agreed to: $allowed" >&2
    exit 1
  fi
done
if [ "${1:-}" = "--check" ]; then
  diff <(echo "$printed") <(sed -n '/^| licence |/,/^$/p' docs/dependencies.md | sed '/^$/d') || {
    echo "docs/dependencies.md is stale; its table is what bash docs/licences.sh prints" >&2
    exit 1
  }
else
  echo "$printed"
fi
