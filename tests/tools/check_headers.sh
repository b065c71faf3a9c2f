#!/bin/sh
# Each public header compiles alone: check_headers.sh CC INCLUDE_FOLDER
set -u
cc=$1
include=$2
failed=0
passed=0
for header in "$include"/kf/*.h; do
    if printf '#include "kf/%s"\n' "$(basename "$header")" |
        $cc -std=c11 -Wall -Wextra -Wpedantic -Werror -fsyntax-only -I"$include" -x c -; then
        passed=$((passed + 1))
    else
        echo "$(basename "$header"): does not compile alone"
        failed=$((failed + 1))
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
