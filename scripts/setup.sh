#!/bin/sh
# System packages that codejury's features need. Each missing one disables only its feature.
# Installs with apt-get where it may (root, or sudo without a password), otherwise prints what to install.
#   sh scripts/setup.sh             bubblewrap and python3: enough for the demo
#   sh scripts/setup.sh languages   also what runs Java, and the compilers and interpreters that the tests have programs for
#   sh scripts/setup.sh [languages] --check   changes nothing, prints what is missing
set -u

languages=""
check=""
for argument in "$@"; do
  case "$argument" in
    languages) languages=yes ;;
    --check) check=yes ;;
    *) echo "usage: sh scripts/setup.sh [languages] [--check]" >&2; exit 2 ;;
  esac
done

missing=""
need() { # command, Debian package, what it is for
  command -v "$1" >/dev/null 2>&1 && return
  missing="$missing $2"
  echo "missing: $1 ($3)"
}
need bwrap bubblewrap "sandbox: runs generated code"
need python3 python3 "runs Python candidates"
python3 -m pip --version >/dev/null 2>&1 || {
  missing="$missing python3-pip"
  echo "missing: pip (fetches the embedded model where the hub is out of reach)"
}
if [ -n "$languages" ]; then
  need javac default-jdk-headless "runs Java candidates"
  [ -e /usr/share/java/javatuples.jar ] || {
    missing="$missing libjavatuples-java"
    echo "missing: javatuples (Java benchmarks made by MultiPL-E import it)"
  }
  need g++ g++ "runs C++ candidates"
  need lua5.4 lua5.4 "runs Lua candidates"
  need chromium chromium "opens reports in tests"
fi

[ -z "$missing" ] && exit 0
[ -n "$check" ] && exit 0
as_root=""
if [ "$(id -u)" != 0 ]; then
  if sudo -n true >/dev/null 2>&1; then as_root="sudo -n"; else as_root="no"; fi
fi
if command -v apt-get >/dev/null 2>&1 && [ "$as_root" != no ]; then
  echo "installing:$missing"
  # shellcheck disable=SC2086 # a list of packages and a command prefix
  { $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing; } >/dev/null ||
    echo "could not install:$missing (the features above stay off)"
else
  echo "install by hand:$missing"
fi
exit 0
