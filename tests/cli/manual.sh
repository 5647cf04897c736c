# shellcheck shell=sh
# manual.sh - the manual page: every option and command, correct roff
here=$(dirname "$0")
# shellcheck source=/dev/null
. "$here/lib.sh"

pages=${MANUALS-$here/../../build/man}
if [ ! -f "$pages/lyncprobe.1" ]; then
    skip "the manual pages" "they are not built"
    finish
    exit 0
fi
pages=$(realpath "$pages")
sed 's/\\-/-/g' "$pages/lyncprobe.1" >plain
"$LYNCPROBE" --help=all >help
grep -oE '(^ +|, )--[a-z0-9-]+' help | grep -oE -- '--[a-z0-9-]+' | sort -u >options
while read -r option; do
    test_that "the manual has $option" grep -q -- "$option" plain
done <options
sed -n '/^Commands/,/^ *@/s/^  \([a-z]*\) .*/\1/p' help >commands
while read -r command; do
    test_that "the manual has the command $command" grep -qE "^\\.B.*lyncprobe $command" plain
done <commands
sed 's/\\-/-/g' "$pages/lyncprobe-findings.7" >findings
for id in $("$LYNCPROBE" list findings | cut -d' ' -f1); do
    test_that "the manual has the finding $id" grep -q "^\.SS $id (" findings
done
for page in "$pages"/*.[1-9]; do
    name=$(basename "$page")
    test_that "$name: no placeholder is left" sh -c "! grep -q '@[A-Z]*@' '$page'"
    run mandoc -T lint "$page"
    if [ "$CODE" = 127 ]; then
        skip "$name is correct roff" "no mandoc"
    else
        test_that "$name is correct roff" all status 0 -- silent
    fi
done
finish
