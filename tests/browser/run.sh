#!/bin/sh
# run.sh - the HTML report in a headless browser: run.sh test, or run.sh pictures FOLDER
#
# Debian's Chromium, driven by playwright-core; axe-core looks at what a screen reader needs. Both
# come from the npm registry, in the versions of package-lock.json. What cannot be had is skipped,
# and counted.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
dir=$root/build/browser
mode=${1-test}

skip() {
    echo "skipped: $1"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
}

sh "$root/tests/deps.sh" browser || skip "the packages of [browser] are not there"
for tool in node npm "${CHROMIUM-chromium}"; do
    command -v "$tool" >/dev/null || skip "no $tool"
done

# Installs the locked packages beside the pages, unless they are there already.
packages() {
    cmp -s "$here/package-lock.json" "$dir/installed" && return
    rm -rf "$dir/node_modules" "$dir/installed"
    cp "$here/package.json" "$here/package-lock.json" "$dir/" &&
        (cd "$dir" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2) &&
        cp "$here/package-lock.json" "$dir/installed"
}

mkdir -p "$dir"
packages || skip "the npm packages cannot be had"
rm -rf "$dir/pages"
mkdir -p "$dir/pages"
sh "$here/pages.sh" "$dir/pages" || exit 1
export NODE_PATH="$dir/node_modules"
case $mode in
test) node "$here/tests.js" "$dir/pages" ;;
pictures) node "$here/pictures.js" "$dir/pages" "$2" ;;
*) echo "run.sh: test or pictures, not $mode" >&2; exit 64 ;;
esac
