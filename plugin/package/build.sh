#!/bin/sh
# Make the packages of what ./run package has built: build.sh VERSION OUTPUT.
# kontrafakt_VERSION_ARCH.deb, kontrafakt-VERSION.oxt, kontrafakt-VERSION-windows.zip.
set -eu
version=$1
out=$(mkdir -p "$2" && cd "$2" && pwd)
root="$out/deb"
rm -rf "$root" "$out/windows"

# put MODE FILE TARGET: a file at its place in the package.
put() {
    mkdir -p "$root/$(dirname "$3")"
    install -m "$1" "$2" "$root/$3"
}

put 755 build-hosts/src/cli/kontrafakt usr/bin/kontrafakt
put 644 build-hosts/libkontrafakt-files.a usr/lib/libkontrafakt.a
for header in include/kf/*; do
    put 644 "$header" "usr/$header"
done
put 644 LICENSE usr/share/doc/kontrafakt/copyright
put 644 plugin/package/brugervejledning.txt usr/share/doc/kontrafakt/windows-bruger.txt
if [ -f build-hosts/plugin/gnumeric/kontrafakt.so ]; then
    folder=usr/lib/gnumeric/$(pkg-config --modversion libspreadsheet-1.12)/plugins/kontrafakt
    put 644 build-hosts/plugin/gnumeric/kontrafakt.so "$folder/kontrafakt.so"
    put 644 build-hosts/plugin/gnumeric/plugin.xml "$folder/plugin.xml"
    put 644 build-hosts/plugin/gnumeric/ui.xml "$folder/ui.xml"
fi
if [ -f build-hosts/plugin/calc/kontrafakt.oxt ]; then
    cp build-hosts/plugin/calc/kontrafakt.oxt "$out/kontrafakt-$version.oxt"
    mkdir -p "$root/usr/lib/libreoffice/share/extensions/kontrafakt"
    /usr/bin/python3 -m zipfile -e "$out/kontrafakt-$version.oxt" \
        "$root/usr/lib/libreoffice/share/extensions/kontrafakt"
fi

# The page of the manual is what the program says of itself.
mkdir -p "$root/usr/share/man/man1" "$root/usr/share/man/da/man1"
for lang in da en; do
    page="$root/usr/share/man/da/man1/kontrafakt.1"
    [ $lang = da ] || page="$root/usr/share/man/man1/kontrafakt.1"
    {
        printf '.TH KONTRAFAKT 1 "" "kontrafakt %s"\n.SH NAME\n' "$version"
        printf 'kontrafakt \\- audits counterfactual case workbooks\n.SH SYNOPSIS\n.nf\n'
        build-hosts/src/cli/kontrafakt --help --lang $lang
        for command in check fix reconcile extract diff explain revert rules; do
            printf '.fi\n.SH "kontrafakt %s"\n.nf\n' "$command"
            build-hosts/src/cli/kontrafakt $command --help --lang $lang
        done
    } | sed 's/\\/\\e/g; s/^\\e-/\\-/; s/kontrafakt \\e-/kontrafakt \\-/; s/^'"'"'/\\(aq/' >"$page"
    gzip -9n "$page"
done

mkdir -p "$root/DEBIAN"
cat >"$root/DEBIAN/control" <<END
Package: kontrafakt
Version: $version
Architecture: $(dpkg --print-architecture)
Maintainer: Kontrafakt <kontrafakt@localhost>
Section: math
Priority: optional
Depends: libc6, libzip4, zlib1g, libnettle8, libyajl2, libcsv3, libisal2
Suggests: gnumeric (>= 1.12.55), gnumeric (<< 1.12.56), libreoffice-calc
Description: audits counterfactual case workbooks of Danish municipalities
 Finds the case tables, checks periods, sums and payers' parts, says which cell
 is wrong and why, and writes a corrected copy. With parts for LibreOffice Calc
 and Gnumeric.
END
dpkg-deb --root-owner-group --build "$root" "$out" >/dev/null
rm -rf "$root"

if [ -f build-windows/plugin/excel/kontrafakt64.xll ]; then
    mkdir -p "$out/windows"
    cp build-windows/plugin/excel/kontrafakt64.xll build-windows/src/cli/kontrafakt.exe \
        LICENSE "$out/windows/"
    sed 's/$/\r/' plugin/package/brugervejledning.txt >"$out/windows/Vejledning.txt"
    sed 's/$/\r/' plugin/package/it-vejledning.txt >"$out/windows/Vejledning til IT.txt"
    (cd "$out/windows" && sha256sum kontrafakt64.xll kontrafakt.exe >SHA256SUMS.txt)
    (cd "$out/windows" && /usr/bin/python3 -m zipfile -c "../kontrafakt-$version-windows.zip" ./*)
    rm -rf "$out/windows"
fi
ls -l "$out"
