#!/usr/bin/env bash
# Generates everything again beside the project and fails where the committed
# files differ, or where a generated file has lost its source.
set -euo pipefail
cd "$(dirname "$0")/.."

fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
scripts/generate.sh "$fresh"

# generated FOLDER: the generated files in it, one a line.
generated() {
  (cd "$1" && echo api/openapi.yaml && find internal console/src -name '*_templ.go' -o -name '*.gen.ts')
}

stale=0
while read -r file; do
  diff -uN --label "committed/$file" --label "generated/$file" "$file" "$fresh/$file" || stale=1
done < <({ generated . && generated "$fresh"; } | sort -u)

if [ $stale -ne 0 ]; then
  echo "Generated files are out of date: run make gen and commit what it changes." >&2
  exit 1
fi
