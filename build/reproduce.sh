#!/bin/sh
# Builds the page a second time, from a copy of the sources in another folder and from nothing, and
# compares.
#
#   sh build/reproduce.sh BUILT
#
# Takes as long as the first build, so the same bytes are tried only once.
set -eu
cd "$(dirname "$0")/.."

built=$1
tried=target/reproduced
if cmp -s "$built" "$tried.html"; then
    echo "$built: the same bytes as before, which two builds gave"
    exit 0
fi

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
mkdir "$copy/elsewhere"
# All that lies here save what is built or fetched: the manifest names files of every folder.
tar -cf - --exclude=./target --exclude=./dist --exclude=./node_modules --exclude=./.git \
    --exclude=./fuzz/target . | tar -xf - -C "$copy/elsewhere"
ln -s "$(pwd -P)/node_modules" "$copy/elsewhere/node_modules"
CARGO_TARGET_DIR="$copy/target" sh "$copy/elsewhere/build/page.sh" "$copy/again.html"
if ! cmp "$built" "$copy/again.html"; then
    echo "reproduce: two builds of the same sources differ" >&2
    exit 1
fi
cp "$built" "$tried.html"
echo "$built: two builds from two folders gave the same bytes"
