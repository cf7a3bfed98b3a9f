#!/usr/bin/env bash
# Checks what must be on the machine before anything can be built, and names all
# that is missing in one message.
set -euo pipefail
cd "$(dirname "$0")/.."

missing=()

# at_least HAVE WANT: compares dotted version numbers.
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# need WHAT WANT HAVE: HAVE is empty when it is not installed at all.
need() {
  if [ -z "$3" ]; then
    missing+=("$1 $2 or newer: not found")
  elif ! at_least "$3" "$2"; then
    missing+=("$1 $2 or newer: found $3")
  fi
}

go_version=$(go env GOVERSION 2>/dev/null || true)
node_version=$(node --version 2>/dev/null || true)
need Go 1.26 "${go_version#go}"
need Node.js 20 "${node_version#v}"
command -v npm >/dev/null || missing+=("npm, which comes with Node.js: not found")
command -v "$(go env CC 2>/dev/null || echo gcc)" >/dev/null || missing+=("a C compiler (gcc): not found; SQLite is compiled into the program")
make=$(command -v make || true)
[ -n "$make" ] || missing+=("make: not found")

[ ${#missing[@]} -eq 0 ] && exit 0
{
  echo "Qingfeng cannot be built here yet. Missing:"
  printf '  - %s\n' "${missing[@]}"
  echo "On Debian and Ubuntu: apt-get install gcc make nodejs npm; Go is at https://go.dev/dl."
} >&2
exit 1
