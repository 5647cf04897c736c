# shellcheck shell=sh
# manual.sh - the manual page: every option and command, correct roff
here=$(dirname "$0")
# shellcheck source=/dev/null
. "$here/lib.sh"

page=${MANUAL-$here/../../build/man/lyncprobe.1}
if [ ! -f "$page" ]; then
    skip "the manual page" "it is not built"
    finish
    exit 0
fi
page=$(realpath "$page")
sed 's/\\-/-/g' "$page" >plain
for option in $("$LYNCPROBE" --help=all | grep -oE '(^ +|, )--[a-z0-9-]+' | grep -oE -- '--[a-z0-9-]+' | sort -u); do
    test_that "the manual has $option" grep -q -- "$option" plain
done
for command in walk plan report explain list; do
    test_that "the manual has the command $command" grep -qE "^\\.B.*lyncprobe $command" plain
done
test_that "no placeholder is left" sh -c '! grep -q "@[A-Z]*@" plain'
run mandoc -T lint -W warning "$page"
if [ "$CODE" = 127 ]; then
    skip "the manual is correct roff" "no mandoc"
else
    test_that "the manual is correct roff" all status 0 -- silent
fi
run man --warnings -l "$page"
finish
