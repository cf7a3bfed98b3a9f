#!/usr/bin/env bash
# Makes sure that the system has what only the tests need. As root on a
# Debian-like system it installs what is missing; otherwise it names all of it in
# one message and fails.
set -euo pipefail

postgres_from=15 # the oldest PostgreSQL that the program supports

names=()    # what is missing, for people
packages=() # the same, for apt-get

# want NAME PACKAGE COMMAND...: notes NAME as missing unless COMMAND succeeds.
want() {
  local name=$1 package=$2
  shift 2
  "$@" >/dev/null 2>&1 && return
  names+=("$name")
  packages+=("$package")
}

# The server's programs are outside PATH on Debian. One old version beside a new
# one does no harm: the tests take the newest.
has_postgres() {
  local initdb version
  for initdb in /usr/lib/postgresql/*/bin/initdb "$(command -v initdb || true)"; do
    [ -x "$initdb" ] && [ -x "$(dirname "$initdb")/pg_ctl" ] || continue
    version=$("$initdb" --version | grep -oE '[0-9]+' | head -n 1)
    [ "$version" -ge "$postgres_from" ] && return
  done
  return 1
}

# Chromium without what draws windows on a screen: the pages are the same, and the
# tests a quarter faster.
has_chromium() { [ -x "${CHROMIUM:-/usr/bin/chromium-headless-shell}" ]; }
has_chinese_font() { [ -n "$(fc-list :lang=zh family)" ]; }

check() {
  names=() packages=()
  want "PostgreSQL $postgres_from or newer (initdb, pg_ctl)" postgresql has_postgres
  want "Chromium (/usr/bin/chromium-headless-shell, or the path of any Chromium in CHROMIUM)" chromium-headless-shell has_chromium
  want "ffmpeg" ffmpeg command -v ffmpeg
  want "a Chinese font (fc-list :lang=zh)" "fontconfig fonts-noto-cjk" has_chinese_font
  want "pdftotext" poppler-utils command -v pdftotext
  want "heif-convert and heif-enc" libheif-examples command -v heif-enc
  want "LibreOffice Writer and Calc (soffice)" "libreoffice-writer-nogui libreoffice-calc-nogui" command -v soffice
}

refuse() {
  {
    echo "make test needs more on this system:"
    printf '  - %s\n' "${names[@]}"
    echo "$1"
  } >&2
  exit 1
}

check
[ ${#names[@]} -eq 0 ] && exit 0
install="apt-get install ${packages[*]}"
command -v apt-get >/dev/null || refuse "Install it with the package manager of this system, then run make test again."
[ "$(id -u)" -eq 0 ] || refuse "Install it with: sudo $install"

echo "installing: ${packages[*]}"
export DEBIAN_FRONTEND=noninteractive
apt-get update -q
# shellcheck disable=SC2086 # one entry may name two packages
apt-get install -q -y --no-install-recommends ${packages[*]}

check
[ ${#names[@]} -eq 0 ] || refuse "apt-get did not bring it; install it by hand, then run make test again."
