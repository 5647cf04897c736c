#!/bin/sh
# coverage.sh - usage: coverage.sh FOLDER PERCENT; line coverage of src/ and probes/ from gcov data
set -u
folder=$1
bar=$2
export LC_ALL=C
# gcov names each source once for every object that includes lines of it; headers hold no code.
find "$folder/src" "$folder/probes" -name '*.gcno' | sort | while read -r notes; do
    [ -f "$(expr "${notes#"$folder"/}" : '\(.*\)\.gcno').c" ] && printf '%s\n' "$notes"
done | xargs -r gcov -n 2>/dev/null | awk -v bar="$bar" '
    /^File / {
        file = substr($0, 7, length($0) - 7)
        next
    }
    /^Lines executed:/ && file ~ /^(src|probes)\/.*\.c$/ {
        split($0, part, /[:% ]+/)
        lines = part[5]
        hit = part[3] * lines / 100
        printf "%6.1f %%  %5d lines  %s\n", part[3], lines, file
        all += lines
        covered += hit
        files++
    }
    { file = "" }
    END {
        percent = all ? 100 * covered / all : 0
        printf "line coverage: %.1f %% of %d lines in %d files (bar: %d %%)\n", percent, all, files, bar
        exit percent < bar
    }'
