#!/usr/bin/env bash
# Packs the package, installs the tarball in an empty folder without any registry, and runs it as a user would, on this Node.js and on
# the newest long-term release (which the npm package `node` provides, where it can be had).
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$root"
tarball=$(npm pack --silent --ignore-scripts --pack-destination "$dir" | tail -n 1)
cp -r "$root/fixtures/incidents/docker-bad-dns" "$dir/evidence"
cd "$dir"
npm init -y >/dev/null
npm install --silent --offline --no-audit --no-fund "./$tarball"

try() { # COMMAND…: the first run of a user with nothing but the tarball
  "$@" --version
  "$@" evidence >story.txt
  grep -qi 'not found' story.txt && grep -qi 'dns' story.txt || { cat story.txt; echo "the story is not told"; return 1; }
  "$@" evidence --format json | node -e 'const r = JSON.parse(require("fs").readFileSync(0)); if (r.schema !== "hindcast.report/1" || r.rootCauses.length === 0) { console.error("no root cause in the JSON report"); process.exit(1); }'
}
try npx --no-install hindcast
node --input-type=module -e 'const { analyze } = await import("hindcast"); const r = await analyze(["evidence"]); if (!r.findings.length) process.exit(1)'

# The npm package `node` fetches one package per platform in an install script, which npm may not run: take that package itself. Even
# majors are the long-term ones; where none can be had (offline), that is said.
platform=$(node -p '`${process.platform}-${process.arch}`')
newest=$(npm view "node-$platform" versions --json 2>/dev/null | node -e '
  const all = JSON.parse(require("fs").readFileSync(0, "utf8") || "[]").filter((v) => /^\d+\.\d+\.\d+$/.test(v) && Number(v.split(".")[0]) % 2 === 0);
  const key = (v) => v.split(".").reduce((sum, n) => sum * 1000 + Number(n), 0);
  console.log(all.sort((a, b) => key(b) - key(a))[0] ?? "");' || true)
if [ -n "$newest" ] && npm install --silent --no-save --no-audit --no-fund --prefix "$dir/lts" "node-$platform@$newest" >"$dir/lts.log" 2>&1; then
  lts=$(find "$dir/lts/node_modules" -path '*/bin/node' | head -n 1)
  echo "Node.js $("$lts" --version)"
  try "$lts" node_modules/hindcast/dist/hindcast.js
else
  echo "the newest long-term Node.js could not be installed; only $(node --version) was tried"
fi
