#!/usr/bin/env bash
# test.sh [STAGE...] checks everything, or the stages named. Each stage writes to
# var/test/STAGE.log; the screen gets one line a stage and, where one failed, what
# it said last. Every stage runs even when an earlier one failed, except that
# nothing runs without setup and build.
set -uo pipefail
cd "$(dirname "$0")/.."

all=(setup build golden lint go console browser)
stages=("${@:-${all[@]}}")
excerpt=60 # lines of a failed stage that are shown

stage_setup() {
  scripts/check-machine.sh
  scripts/setup.sh
  make e2e/node_modules/.package-lock.json internal/kit/upload/testdata/tusjs/node_modules/.package-lock.json
  scripts/tool.sh golangci-lint versitygw pebble
}

stage_build() { make build; }

stage_golden() { scripts/golden.sh; }

stage_lint() { bin/tools/golangci-lint run --color never --output.text.print-issued-lines=false; }

# The tests of kit/blob find versitygw by PATH, those of kit/cert pebble.
# Vetting is the linters' (govet), which read the tests too.
# SQLite compiles in a third of the time with less optimizing, and once more than
# in the build because of the race detector, whose programs need not linger for a
# second when they end.
# Tests that ask what a whole city, a law or a picture says, not what happens at
# once, run without the race detector, beside the rest: with it they take three to
# five times as long.
unraced='^Test(TamperingTable|KilledServerLosesNothing|ExcludedSeeNoDifference|ExcludedSeeNoDifferenceInAnyWorld|StolenDataTellsNothing'
unraced+='|RestoredCityVerifies|LockedKeysNeedTheirPassphrase|DemoCityVerifies|WrittenCityVerifies|LawOfTheTree|AnySequenceOfChangesCountsLikeFromScratch'
unraced+='|LostKeysAreNotMadeAnew|NothingIsReadAfterItsTime|ForgettingOlderSecrets|PlantedRoleIsNamed|AnEmptiedLogIsNotBegunAgain|AuthorizationMatrix|PostersCommand'
unraced+='|LongSentencesAreLittleWork' # counts what is allocated, of which the detector makes more
unraced+='|VoicesAreDisguised|OnlyVoicesAreDisguised|DocumentsBecomePictures|LargePicturesShrink)$'
# Where they are.
unraced_in='./internal/app ./internal/kit/media ./internal/kit/tlog ./internal/mod/rates ./internal/org/plan'
stage_go() {
  export PATH="$PWD/bin/tools:$PATH"
  local flags=(-shuffle=on -vet=off -timeout 40m -tags sqlite_fts5) whole
  go test "${flags[@]}" -run "$unraced" $unraced_in &
  whole=$!
  CGO_CFLAGS=-O1 GORACE=atexit_sleep_ms=0 go test -race -skip "$unraced" "${flags[@]}" ./... || { wait $whole; return 1; }
  wait $whole
}

stage_console() { (cd console && npm run lint && npm run typecheck && npm test) && (cd internal/web/client && npm run typecheck && npm test); }

stage_browser() { (cd e2e && npm run lint && npm run typecheck && npm test); }

# interesting leaves out what passed, packages and tests of the browser, and begins
# with the names of what failed: what a failed test says can be longer than the
# excerpt, and the excerpt longer than what is kept of a run.
interesting() {
  grep -E '^ *(--- FAIL|✘|[0-9]+\) \[)' "$1" | head -n 20
  grep -vE '^(ok|PASS|\?|-test\.shuffle|[[:space:]]+[^[:space:]]+[[:space:]]+coverage:|[[:space:]]+[✓-][[:space:]])' "$1" | tail -n "$excerpt"
}

# dbtest leaves its PostgreSQL running, so that test programs can share it; one
# that was not there before this run goes with it.
cluster=${TMPDIR:-/tmp}/qingfeng-test-$(id -u)/postgres/data/postmaster.pid
[ -e "$cluster" ] && cluster=
stop_cluster() {
  local pid
  [ -n "$cluster" ] && pid=$(head -n 1 "$cluster" 2>/dev/null) && kill -INT "$pid"
}
trap stop_cluster EXIT

# run NAME runs one stage and prints its line.
run() {
  local name=$1 log=var/test/$1.log begin=$SECONDS status
  (set -euo pipefail && "stage_$name") >"$log" 2>&1 </dev/null
  status=$?
  if [ $status -eq 0 ]; then
    printf 'ok    %-8s %4d s\n' "$name" $((SECONDS - begin))
  else
    printf 'FAIL  %-8s %4d s  %s\n' "$name" $((SECONDS - begin)) "$log"
    interesting "$log" | sed 's/^/      | /'
  fi
  return $status
}

for name in "${stages[@]}"; do
  declare -F "stage_$name" >/dev/null || { echo "There is no stage $name. The stages: ${all[*]}." >&2; exit 1; }
done

# Under CI no test may skip itself for lack of a database, and the test runners
# neither watch nor colour.
export CI=true NO_COLOR=1
mkdir -p var/test
failed=()
ran=0
for name in "${stages[@]}"; do
  ran=$((ran + 1))
  run "$name" && continue
  failed+=("$name")
  [[ $name == setup || $name == build ]] && break
done
echo
echo "stages: $((ran - ${#failed[@]})) passed, ${#failed[@]} failed"
if [ ${#failed[@]} -gt 0 ]; then
  echo "failed: ${failed[*]} (${SECONDS} s)"
  exit 1
fi
echo "all passed (${SECONDS} s)"
