#!/usr/bin/env bash
# tool.sh NAME... builds tools pinned in tools/go.mod into bin/tools, unless they
# are there already, as new as the pins and made by the present Go.
set -euo pipefail
cd "$(dirname "$0")/.."

mkdir -p bin/tools
for name in "$@"; do
  binary=bin/tools/$name
  if [ "$binary" -nt tools/go.mod ] && [ "$(go version "$binary")" = "$binary: $(go env GOVERSION)" ]; then
    continue
  fi
  echo "building $name"
  package=$(go -C tools list -f '{{.ImportPath}}' tool | grep "/cmd/$name\$")
  go -C tools build -o "../$binary" "$package"
  touch "$binary"
done
