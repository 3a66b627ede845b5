#!/usr/bin/env bash
# Breaks the law on purpose, one fault at a time, and requires that the test named in the fault's file notices.
#
#   tests/faults/run.sh           every fault
#   tests/faults/run.sh 07 12     these faults
#
# A fault is a patch, tests/faults/NN-name.patch; the lines above the diff say what it breaks and which test must
# catch it ("Caught by: TARGET TEST"). The patch is applied to a copy of the tracked files, never to the tree itself;
# the copy and what is built of it stay in target/faults (elsewhere: FAULTS_DIR), so that a second run is quick.
# Ends with 1 if a fault is not caught, does not apply, does not compile or names a test that does not exist.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=${FAULTS_DIR:-$root/target/faults}
tree=$work/tree
export CARGO_TARGET_DIR=$work/build CARGO_TERM_COLOR=never
export GIT_CEILING_DIRECTORIES=$work # the copy is no part of the repository around it
most_seconds=${FAULTS_MOST_SECONDS:-600} # a fault may make a test run for ever

cd "$root"
list() { # the files of a clone, or of an unpacked crate
  if [ -e .git ]; then
    git ls-files --cached --others --exclude-standard
  else
    find . -type f -not -path "./target/*"
  fi
}

# Only what differs is copied: cargo goes by times, and a fault that was cut short must not stay.
refresh() {
  mkdir -p "$tree"
  list | while IFS= read -r file; do
    [ -e "$file" ] || continue
    cmp -s "$file" "$tree/$file" || { mkdir -p "$tree/$(dirname "$file")"; cp "$file" "$tree/$file"; }
  done
}

header() { sed -n "s/^$2: //p" "$1" | head -1; }

# One fault: prints a line, returns 0 if it is caught.
try() {
  local patch=$1 name target test log
  name=$(basename "$patch" .patch)
  read -r target test <<< "$(header "$patch" "Caught by")"
  log=$work/$name.log
  say() { printf '%-34s %-14s %s\n' "$name" "$1" "$2"; }
  if ! (cd "$tree" && git apply "$patch") 2> "$log"; then
    say "STALE" "the patch no longer applies: adapt it to the code ($log)"
    return 1
  fi
  # Without charts and the command, which no fault concerns, a build takes half the time.
  (cd "$tree" && timeout "$most_seconds" cargo test --locked --no-default-features --test "$target" -- --exact "$test") > "$log" 2>&1 || true
  (cd "$tree" && git apply -R "$patch")
  if grep -q "^test $test .*FAILED" "$log"; then
    say "caught" "$target $test"
  elif grep -q "^error" "$log" && ! grep -q "^running" "$log"; then
    say "NO BUILD" "the fault does not compile ($log)"
    return 1
  elif grep -q "^running 0 tests" "$log"; then
    say "NO TEST" "$target has no test $test"
    return 1
  elif grep -q "^test $test .*ok$" "$log"; then
    say "NOT CAUGHT" "$target $test passes: a test is missing"
    return 1
  else # cut short, or the test process died of it
    grep -q "^running" "$log" && { say "caught" "$target $test (did not end)"; return 0; }
    say "NO RUN" "see $log"
    return 1
  fi
}

refresh
if [ $# -eq 0 ]; then
  patches=("$root"/tests/faults/[0-9]*.patch)
else
  patches=()
  for number in "$@"; do
    found=("$root"/tests/faults/"$number"-*.patch)
    [ -e "${found[0]}" ] || { echo "there is no fault $number in tests/faults" >&2; exit 2; }
    patches+=("${found[0]}")
  done
fi
missed=0
for patch in "${patches[@]}"; do
  try "$patch" || missed=$((missed + 1))
done
echo "$((${#patches[@]} - missed)) of ${#patches[@]} faults caught"
[ "$missed" -eq 0 ]
