#!/bin/sh
# Make the packages of what ./run package has built: build.sh VERSION OUTPUT.
# kontrafakt_VERSION_ARCH.deb, kontrafakt-VERSION.oxt, kontrafakt-VERSION-windows.zip.
# Same build, same bytes: times are those of SOURCE_DATE_EPOCH.
set -eu
version=$1
out=$(mkdir -p "$2" && cd "$2" && pwd)
root="$out/deb"
here=plugin/package
program=build-hosts/src/cli/kontrafakt
arch=$(dpkg --print-architecture)
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
export SOURCE_DATE_EPOCH
rm -rf "$root" "$out/windows" "$out/debian"

# put MODE FILE TARGET: a file at its place in the package.
put() {
    mkdir -p "$root/$(dirname "$3")"
    install -m "$1" "$2" "$root/$3"
}

# One page of the manual a command, made of what the program says of itself.
page() {
    lang=$1 name=$2 command=$3
    folder="$root/usr/share/man/man1"
    [ "$lang" = en ] || folder="$root/usr/share/man/$lang/man1"
    mkdir -p "$folder"
    # shellcheck disable=SC2086
    "$program" $command --help --lang "$lang" |
        /usr/bin/python3 "$here/man_page.py" "$name" "$version" "$lang" |
        gzip -9n >"$folder/$name.1.gz"
}

commands='check fix reconcile extract diff explain revert new rules'
put 755 "$program" usr/bin/kontrafakt
put 644 build-hosts/libkontrafakt-files.a usr/lib/libkontrafakt.a
for header in include/kf/*; do
    put 644 "$header" "usr/$header"
done
for lang in da en; do
    page $lang kontrafakt ''
    for command in $commands; do
        page $lang "kontrafakt-$command" "$command"
    done
done
put 644 "$here/copyright" usr/share/doc/kontrafakt/copyright
put 644 README.md usr/share/doc/kontrafakt/README.md
put 644 publiccode.yml usr/share/doc/kontrafakt/publiccode.yml
mkdir -p "$root/usr/share/doc/kontrafakt/examples"
cp sample_workbooks/*.xlsx sample_workbooks/*.csv "$root/usr/share/doc/kontrafakt/examples/"
gzip -9nc CHANGELOG.md >"$root/usr/share/doc/kontrafakt/changelog.gz"

gnumeric=
if [ -f build-hosts/plugin/gnumeric/kontrafakt.so ]; then
    gnumeric=$(pkg-config --modversion libspreadsheet-1.12)
    folder=usr/lib/gnumeric/$gnumeric/plugins/kontrafakt
    for file in kontrafakt.so plugin.xml ui.xml; do
        put 644 build-hosts/plugin/gnumeric/$file "$folder/$file"
    done
fi
if [ -f build-hosts/plugin/calc/kontrafakt.oxt ]; then
    cp build-hosts/plugin/calc/kontrafakt.oxt "$out/kontrafakt-$version.oxt"
    mkdir -p "$root/usr/lib/libreoffice/share/extensions/kontrafakt"
    /usr/bin/python3 -m zipfile -e "$out/kontrafakt-$version.oxt" \
        "$root/usr/lib/libreoffice/share/extensions/kontrafakt"
fi
find "$root" -name '*.so' -exec strip --strip-unneeded {} +
strip "$root/usr/bin/kontrafakt"

# The packages that hold the libraries of program and plugins.
depends=$(find "$root" -name '*.so' -o -name kontrafakt -type f -path '*/bin/*' |
    xargs objdump -p | sed -n 's/^ *NEEDED *//p' | sort -u |
    while read -r library; do
        ldconfig -p | sed -n "s|^\t$library .*=> ||p" | head -n 1
    done | xargs -r readlink -f | sort -u |
    while read -r file; do
        dpkg-query -S "$file" 2>/dev/null || dpkg-query -S "${file#/usr}" 2>/dev/null || true
    done | sed 's/:.*//' | sort -u | paste -s -d, | sed 's/,/, /g')

mkdir -p "$root/DEBIAN"
{
    echo "Package: kontrafakt"
    echo "Version: $version"
    echo "Architecture: $arch"
    echo "Maintainer: Kontrafakt <kontrafakt@localhost>"
    echo "Installed-Size: $(du -sk "$root" | cut -f1)"
    echo "Section: math"
    echo "Priority: optional"
    echo "Depends: $depends"
    echo "Suggests: libreoffice-calc${gnumeric:+, gnumeric (>= $gnumeric)}"
    cat "$here/description.txt"
} >"$root/DEBIAN/control"
(cd "$root" && find usr -type f -print0 | sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
find "$root" -type d -exec chmod 755 {} +
dpkg-deb --root-owner-group --build "$root" "$out" >/dev/null
rm -rf "$root"

if [ -f build-windows/plugin/excel/kontrafakt64.xll ]; then
    mkdir -p "$out/windows"
    cp build-windows/plugin/excel/kontrafakt64.xll build-windows/src/cli/kontrafakt.exe \
        LICENSE "$out/windows/"
    [ ! -f build-windows-32/plugin/excel/kontrafakt32.xll ] ||
        cp build-windows-32/plugin/excel/kontrafakt32.xll "$out/windows/"
    sed 's/$/\r/' "$here/brugervejledning.txt" >"$out/windows/Vejledning.txt"
    sed 's/$/\r/' "$here/it-vejledning.txt" >"$out/windows/Vejledning til IT.txt"
    (cd "$out/windows" && sha256sum ./*.xll ./*.exe | sed 's|\./||' >SHA256SUMS.txt)
    find "$out/windows" -exec touch -d "@$SOURCE_DATE_EPOCH" {} +
    (cd "$out/windows" && /usr/bin/python3 -m zipfile -c "../kontrafakt-$version-windows.zip" ./*)
    rm -rf "$out/windows"
fi
ls -l "$out"
