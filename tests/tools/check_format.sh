#!/bin/sh
# Every C file is as clang-format leaves it: check_format.sh ROOT
cd "$1" || exit 1
if ! command -v clang-format >/dev/null; then
    echo 'clang-format is not installed'
    exit 77
fi
find src include tests plugin \( -name '*.c' -o -name '*.h' \) -print0 2>/dev/null |
    xargs -0 clang-format --dry-run -Werror
