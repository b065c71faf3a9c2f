#!/bin/sh
# Run a program for Windows: wine.sh FOLDER PROGRAM ARGUMENT... Wine's own folder is FOLDER/wine,
# made the first time. Wine's server ends by itself a few seconds after the last program.
WINEPREFIX=$(cd "$1" && pwd)/wine
HOME=$WINEPREFIX
export WINEPREFIX HOME WINEARCH=win64 WINEDEBUG=-all
export WINEDLLOVERRIDES='winemenubuilder.exe,mscoree,mshtml=d'
shift
mkdir -p "$WINEPREFIX"
exec /usr/lib/wine/wine64 "$@"
