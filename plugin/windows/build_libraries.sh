#!/bin/sh
# Build for Windows what get_sources.sh has fetched: build_libraries.sh SOURCES PREFIX CPU,
# where CPU is x86_64, or i686 for what an add-in of 32 bits needs: no zip. Static libraries
# only, so that a program of ours needs nothing but Windows itself. PREFIX/CPU.ini is made last.
set -eu
sources=$(cd "$1" && pwd)
cpu=$3
prefix=$(mkdir -p "$2/$cpu" && cd "$2/$cpu" && pwd)
host=$cpu-w64-mingw32
work="$prefix/.build"
rm -rf "$work"
mkdir -p "$prefix/include/yajl" "$prefix/include/nettle" "$prefix/lib/pkgconfig" "$work"

# library NAME FLAGS FILE...: compile the files into libNAME.a.
library() {
    name=$1
    flags=$2
    shift 2
    mkdir -p "$work/$name"
    for file in "$@"; do
        # shellcheck disable=SC2086
        (cd "$work/$name" && $host-gcc -O2 -w $flags -c "$file")
    done
    $host-ar rcs "$prefix/lib/lib$name.a" "$work/$name"/*.o
}

# package NAME VERSION [MORE]: how a build finds the library, and what it needs besides.
package() {
    printf 'Name: %s\nDescription: %s\nVersion: %s\nLibs: -L%s -l%s %s\nCflags: -I%s\n' \
        "$1" "$1" "$2" "$prefix/lib" "$1" "${3:-}" "$prefix/include" >"$prefix/lib/pkgconfig/$1.pc"
}

# libcsv: one file.
cp "$sources/libcsv/csv.h" "$prefix/include/"
library csv "-I$sources/libcsv" "$sources/libcsv/libcsv.c"
package csv "$(sed -n 's/^#define CSV_\(MAJOR\|MINOR\|RELEASE\) //p' "$sources/libcsv/csv.h" | paste -s -d.)"

# yajl: its version header is made from a template.
cp "$sources"/yajl/src/api/*.h "$prefix/include/yajl/"
version=$(sed -n 's/.*YAJL_\(MAJOR\|MINOR\|MICRO\) \([0-9]*\).*/\2/p' "$sources/yajl/CMakeLists.txt" | tr '\n' ' ')
# shellcheck disable=SC2086
set -- $version
sed "s/\${YAJL_MAJOR}/$1/; s/\${YAJL_MINOR}/$2/; s/\${YAJL_MICRO}/$3/" \
    "$sources/yajl/src/api/yajl_version.h.cmake" >"$prefix/include/yajl/yajl_version.h"
library yajl "-I$prefix/include" "$sources"/yajl/src/yajl*.c
package yajl "$1.$2.$3"

# nettle: SHA-256, keyed too, and base64 are all that is used of it.
cp "$sources"/nettle/*.h "$prefix/include/nettle/"
: >"$work/config.h"
cp "$sources/nettle/version.h.in" "$work/version.h"
library nettle "-I$work -I$sources/nettle" "$sources/nettle/sha256.c" \
    "$sources/nettle/sha256-compress.c" "$sources/nettle/write-be32.c" \
    "$sources/nettle/sha256-meta.c" "$sources/nettle/hmac.c" "$sources/nettle/hmac-sha256.c" \
    "$sources/nettle/memxor.c" "$sources/nettle/base64-encode.c" "$sources/nettle/base64-decode.c"
package nettle "$(sed -n 's/^AC_INIT(\[nettle\], *\[\(.*\)\], .*/\1/p' "$sources/nettle/configure.ac")"

# libxlsxwriter: with the minizip that it brings along.
writer="$sources/libxlsxwriter"
if [ "$cpu" = x86_64 ]; then
    cp -r "$writer/include/." "$prefix/include/"
    library xlsxwriter "-I$writer/include -I$writer/third_party/minizip" "$writer"/src/*.c \
        "$writer"/third_party/md5/md5.c "$writer"/third_party/tmpfileplus/tmpfileplus.c \
        "$writer"/third_party/minizip/zip.c "$writer"/third_party/minizip/ioapi.c \
        "$writer"/third_party/minizip/iowin32.c
    package xlsxwriter "$(sed -n 's/^#define LXW_VERSION "\(.*\)"/\1/p' "$writer/include/xlsxwriter.h")" -lz
fi

# libzip: with zlib alone, and no encryption.
if [ "$cpu" = x86_64 ]; then
    cat >"$work/toolchain.cmake" <<END
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_C_COMPILER $host-gcc)
set(CMAKE_RC_COMPILER $host-windres)
set(CMAKE_FIND_ROOT_PATH /usr/$host)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
END
    cmake -S "$sources/libzip" -B "$work/libzip" -DCMAKE_TOOLCHAIN_FILE="$work/toolchain.cmake" \
        -DCMAKE_INSTALL_PREFIX="$prefix" -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=OFF \
        -DBUILD_TOOLS=OFF -DBUILD_REGRESS=OFF -DBUILD_EXAMPLES=OFF -DBUILD_DOC=OFF \
        -DENABLE_BZIP2=OFF -DENABLE_LZMA=OFF -DENABLE_OPENSSL=OFF -DENABLE_GNUTLS=OFF \
        -DENABLE_MBEDTLS=OFF -DENABLE_COMMONCRYPTO=OFF -DENABLE_WINDOWS_CRYPTO=OFF \
        -DCMAKE_C_FLAGS=-w >"$work/libzip.log" 2>&1 || { tail "$work/libzip.log"; exit 1; }
    make -j"$(nproc)" -C "$work/libzip" install >"$work/libzip.log" 2>&1 || { tail "$work/libzip.log"; exit 1; }
fi
rm -rf "$work"
# Debian's Wine runs no program of 32 bits: meson must not try to.
family=$cpu
wrapper=
[ "$cpu" = x86_64 ] || { family=x86; wrapper='/^exe_wrapper/d'; }
sed "s|@LIBRARIES@|$prefix|; s|@CPU@|$cpu|; s|@FAMILY@|$family|; $wrapper" \
    "$(dirname "$0")/cross.ini.in" >"$prefix.ini"
