#!/bin/sh
# Everything that has to hold, the quick checks first. Stops at the first that does not.
set -eu
cd "$(dirname "$0")/.."

PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
export INSTA_UPDATE=no
wasm=wasm32-unknown-unknown

step() { printf '\n== %s\n' "$1"; }

step "format"
cargo fmt --check

step "lints, native and in the browser"
cargo clippy --quiet --all-targets --all-features -- --deny warnings
cargo clippy --quiet --no-default-features --lib --target $wasm -- --deny warnings
cargo clippy --quiet --no-default-features --features crash-test --target $wasm -- --deny warnings

step "the engine alone, native and in the browser"
cargo build --quiet --no-default-features --lib
cargo build --quiet --no-default-features --lib --target $wasm

step "dependencies: licences, sources, duplicates"
# Known vulnerabilities are not asked for: `deny.toml` says why.
cargo deny --log-level error check bans licenses sources

step "tests"
cargo test --quiet --features ui

step "documentation"
# For those who work on it, so with what is private and links to it.
RUSTDOCFLAGS="--deny warnings --allow rustdoc::private-intra-doc-links" \
    cargo doc --quiet --no-deps --features ui --document-private-items

step "the page"
sh build/page.sh dist/sightline.html
sh build/page.sh target/one-file/crash-test.html crash-test
sh build/reproduce.sh dist/sightline.html

step "the scripts that build it"
node --test --test-timeout=600000 build/*.test.mjs

step "the page in a browser"
node --test --test-timeout=600000 tests/e2e/*.test.mjs

printf '\nAll of it holds.\n'
