#!/bin/sh
# Brings a fresh checkout to the state the npm scripts need: Node packages once for each package.json and lock file, and
# system packages (the arguments are those of setup.sh). Without anything to do it takes no network and no time.
set -eu
cd "$(dirname "$0")/.."

stamp=node_modules/.codejury-installed
fingerprint() { cat package.json package-lock.json | cksum; }

if [ ! -f "$stamp" ] || [ "$(cat "$stamp")" != "$(fingerprint)" ]; then
  # `npm install`, not `npm ci`: the lock was made where registries may lack the packages of other platforms.
  npm install --no-audit --no-fund --loglevel=error
  # Both TypeScripts bring a tsc. After an install into a folder that was there before, the one that came last has the link.
  npm rebuild --loglevel=error typescript > /dev/null
  fingerprint > "$stamp"
fi
sh scripts/setup.sh "$@"
