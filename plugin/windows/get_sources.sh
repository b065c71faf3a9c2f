#!/bin/sh
# Fetch the libraries that Debian has no Windows build of, as Debian's own source packages
# (with its security patches), into a folder: get_sources.sh FOLDER. Nothing on the machine
# is changed: apt works with lists of its own below FOLDER.
set -eu
folder=$(mkdir -p "$1" && cd "$1" && pwd)
packages='libcsv yajl nettle libzip libxlsxwriter'
apt="$folder/.apt"
mkdir -p "$apt/lists/partial" "$apt/sources.list.d"
: >"$apt/sources.list"

# The machine's own Debian sources, with source packages instead of binary ones.
for list in /etc/apt/sources.list.d/*.sources; do
    [ -e "$list" ] && grep -q 'Components: *main' "$list" && grep -q 'deb.debian.org\|debian' "$list" &&
        sed 's/^Types:.*/Types: deb-src/' "$list" >"$apt/sources.list.d/$(basename "$list")"
done || true
if [ -e /etc/apt/sources.list ]; then
    sed -n 's/^deb \(.*debian.*\)/deb-src \1/p' /etc/apt/sources.list >"$apt/sources.list"
fi

set -- -o "Dir::Etc::sourcelist=$apt/sources.list" \
    -o "Dir::Etc::sourceparts=$apt/sources.list.d" \
    -o "Dir::State::lists=$apt/lists" -o APT::Get::List-Cleanup=0 \
    -o APT::Sandbox::User=root
apt-get -qq "$@" update
cd "$folder"
for package in $packages; do
    [ -d "$package" ] && continue
    # shellcheck disable=SC2086
    apt-get -qq "$@" source "$package" >/dev/null
    mv "$package"-[0-9]*/ "$package"
done
