#!/bin/sh
# Builds the page into one file.
#
#   sh build/page.sh OUT [FEATURES]
#
# Trunk compiles and binds, wasm-opt shrinks, `fold.mjs` makes the one file. The same sources give
# the same bytes wherever they lie: every path that the compiler would write into the program is
# replaced, the most particular last, since the last match wins.
set -eu
cd "$(dirname "$0")/.."

out=$1
features=${2:-ui}
target=${CARGO_TARGET_DIR:-target}
stage=$target/one-file/$features
cargo_home=${CARGO_HOME:-$HOME/.cargo}
PATH="$cargo_home/bin:$PATH"

separator=$(printf '\037')
flags=--remap-path-prefix=${HOME%/}/=/build/
remap() { flags="$flags$separator--remap-path-prefix=$1=$2"; }
remap "$cargo_home" /cargo
for registry in "$cargo_home"/registry/src/*; do
    [ ! -d "$registry" ] || remap "$registry" /crates
done
remap "$(pwd -P)" /sightline
# Leptos makes a type of every piece of markup; erased, they are a third of the program smaller.
flags="$flags$separator--cfg=erase_components"
export CARGO_ENCODED_RUSTFLAGS="$flags"
unset RUSTFLAGS || true
# Trunk reads `NO_COLOR` as true or false and stops at anything else.
unset NO_COLOR || true

rm -rf "$stage"
mkdir -p "$stage"
trunk --log warn build --offline true --locked true --cargo-profile page --no-default-features true \
    --features "$features" --filehash false --no-sri true --minify false --dist "$stage"

# Shrinking takes the longest of all, so its result is kept for as long as its input stays the same.
bound=$stage/app_bg.wasm
kept=$target/one-file/$features.kept
if ! cmp -s "$bound" "$kept.bound.wasm"; then
    node_modules/.bin/wasm-opt -Oz --strip-debug --strip-producers \
        --enable-bulk-memory --enable-multivalue --enable-mutable-globals \
        --enable-nontrapping-float-to-int --enable-reference-types --enable-sign-ext \
        "$bound" -o "$kept.small.wasm"
    cp "$bound" "$kept.bound.wasm"
fi
cp "$kept.small.wasm" "$stage/app_small.wasm"

node build/fold.mjs "$stage" "$out"
