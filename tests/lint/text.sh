#!/bin/sh
# text.sh - banned functions, first lines, widths, gotos, suppressions; words that must not stay
set -u
here=$(cd "$(dirname "$0")" && pwd)
status=0

list() {
    git ls-files -co --exclude-standard "$@" 2>/dev/null | while read -r f; do
        [ -f "$f" ] && printf '%s\n' "$f"
    done
}

sources=$(list 'src/*.c' 'src/*.h' 'probes/*.c' 'include/*.h' 'tests/*.c' 'tests/*.h')
if [ -n "$sources" ]; then
    # shellcheck disable=SC2086 # file names of ours have no spaces
    LC_ALL=C awk -v bans="$here/bans.tsv" -f "$here/text.awk" "$here/bans.tsv" $sources || status=1
fi

# Unfinished work, paths of one machine, hosts of registries. (The brackets keep this file clean.)
words='\b(TOD[O]|FIXM[E]|XX[X]|HAC[K])\b|not (yet )?implemente[d]'
paths='/(work|farm)/[a-z.]|[.]library/'
hosts='pypi[.]org|npmj[s]|crates[.]io|docker[.]io|ghcr[.]io|deb[.]debian[.]org|proxy[.]golan[g]'
if list | grep -vE '\.(der|bin|jsonl)$|/corpus/' | tr '\n' '\0' |
    xargs -0 -r grep -nIE "$words|$paths|$hosts" /dev/null; then
    echo "lint text: the lines above name unfinished work, a machine's paths or a registry"
    status=1
fi
[ $status = 0 ] && echo "lint text: $(printf '%s\n' "$sources" | wc -l) C files clean"
exit $status
