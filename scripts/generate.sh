#!/usr/bin/env bash
# generate.sh FOLDER writes every file that is generated and committed into
# FOLDER, which is laid out as the project: "." renews the files, an empty folder
# serves golden.sh for comparing.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$1

if [ ! "$folder" -ef . ]; then
  cp go.mod "$folder/"
  find internal -name '*.templ' -exec cp --parents -t "$folder" {} +
fi
go run github.com/a-h/templ/cmd/templ generate -path "$folder" -log-level error

mkdir -p "$folder/api" "$folder/console/src/api"
go run -tags sqlite_fts5 ./cmd/qingfeng openapi >"$folder/api/openapi.yaml.new"
mv "$folder/api/openapi.yaml.new" "$folder/api/openapi.yaml"
console/node_modules/.bin/openapi-typescript "$folder/api/openapi.yaml" -o "$folder/console/src/api/schema.gen.ts"
node console/build/limits.mjs "$folder/api/openapi.yaml" "$folder/console/src/api/limits.gen.ts"
