#!/bin/sh
# Fetches what the snapshot bench measures against into ./target/peers: DevTools' worker and memlab (npm).
set -eu
cd "$(dirname "$0")/.."
mkdir -p target/peers
cp peers/memlab.js peers/rules.js target/peers/
cd target/peers
[ -f package.json ] || npm init -y >/dev/null
PUPPETEER_SKIP_DOWNLOAD=1 npm install --no-audit --no-fund --ignore-scripts \
  esbuild memlab @memlab/core @memlab/heap-analysis chrome-devtools-frontend >/dev/null
front=node_modules/chrome-devtools-frontend/front_end
# The package leaves out a generated file that the worker imports but does not need.
cat > "$front/core/i18n/locales.js" <<'JS'
export const LOCALES = ['en-US'];
export const BUNDLED_LOCALES = ['en-US'];
export const DEFAULT_LOCALE = 'en-US';
export const REMOTE_FETCH_PATTERN = '';
export const LOCAL_FETCH_PATTERN = '';
JS
node node_modules/esbuild/install.js
sed "s#DEVTOOLS#$PWD/$front#" ../../peers/devtools.mjs > devtools.mjs
node_modules/.bin/esbuild devtools.mjs --bundle --platform=node --format=esm \
  --resolve-extensions=.ts,.js --outfile=devtools.bundle.mjs --log-level=error
echo "node target/peers/devtools.bundle.mjs time FILE; node target/peers/memlab.js FILE"
