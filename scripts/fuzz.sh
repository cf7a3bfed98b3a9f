#!/usr/bin/env bash
# fuzz.sh [SECONDS] lets every fuzz target look for bad input for so long, one after
# the other. What it finds it leaves in testdata beside the target, where every
# later test run tries it again.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-20}
export CGO_CFLAGS=-O1
grep -rlE '^func Fuzz' --include='*_test.go' internal | xargs -n1 dirname | sort -u | while read -r package; do
  grep -hoE '^func Fuzz[A-Za-z0-9]+' "$package"/*_test.go | cut -c6- | while read -r target; do
    printf '%s %s\n' "$package" "$target"
    go test -vet=off -tags sqlite_fts5 -run '^$' -fuzz "^$target\$" -fuzztime "${seconds}s" -fuzzminimizetime 2s "./$package" </dev/null
  done
done
