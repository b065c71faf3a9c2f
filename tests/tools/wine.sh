#!/bin/sh
# Run a program for Windows: wine.sh FOLDER PROGRAM ARGUMENT... Wine's own folder is FOLDER/wine,
# made the first time. Debian's Wine ends its server with the last program, and a program that
# starts in that moment fails; so ours is started first, and ends half a minute after the last.
WINEPREFIX=$(cd "$1" && pwd)/wine
HOME=$WINEPREFIX
export WINEPREFIX HOME WINEARCH=win64 WINEDEBUG=-all
export WINEDLLOVERRIDES='winemenubuilder.exe,mscoree,mshtml=d'
shift
mkdir -p "$WINEPREFIX"
/usr/lib/wine/wineserver64 -p30 </dev/null >/dev/null 2>&1
exec /usr/lib/wine/wine64 "$@"
