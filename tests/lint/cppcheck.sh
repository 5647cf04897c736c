#!/bin/sh
# cppcheck.sh - usage: cppcheck.sh CACHE-FOLDER FILE...
# Left out: what is wrong where structs are described by tables, filled by other files or volatile.
set -u
cache=$1
shift
[ $# -gt 0 ] || exit 0
mkdir -p "$cache"
cppcheck -q -j "$(nproc)" --cppcheck-build-dir="$cache" --std=c11 --language=c -Iinclude \
    -D_GNU_SOURCE -DLP_VERSION='""' --enable=warning,style,performance,portability \
    --inline-suppr --suppress=missingIncludeSystem --suppress=unmatchedSuppression \
    --suppress=unusedStructMember --suppress=variableScope --suppress=ctuuninitvar \
    --suppress=redundantContinue --suppress=duplicateCondition --suppress=knownConditionTrueFalse \
    --template='{file}:{line}: {id}: {message}' --error-exitcode=1 "$@" || exit 1
echo "lint cppcheck: $# files clean"
