#!/bin/sh
# Installs what a goal needs and this machine lacks, at pinned versions.
#
#   sh build/setup.sh page     what builds the page
#   sh build/setup.sh test     that, and what the tests need
#
# Asks only for a version where a tool is there already, so a second run installs nothing.
# Never installs Node, rustup or a C compiler: it says what to install and stops.
set -eu
cd "$(dirname "$0")/.."

TRUNK=0.21.14
WASM_BINDGEN=0.2.126
CARGO_DENY=0.20.2
PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"

waiting() { printf 'setup: waiting for %s\n' "$1"; }

missing() {
    printf 'setup: %s is missing. %s\n' "$1" "$2" >&2
    exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

has cargo || missing "Rust" "Install rustup from https://rustup.rs, then run this again."
has cc || has gcc || has clang ||
    missing "a C compiler" "Install gcc or clang (Debian: apt install build-essential), then run this again."
has node && has npm ||
    missing "Node" "Install Node 20 or newer together with npm, then run this again."
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] ||
    missing "Node 20" "This is Node $(node --version); install 20 or newer, then run this again."

# The toolchain of rust-toolchain.toml with its components and the wasm target.
if ! rustc --print target-libdir --target wasm32-unknown-unknown >/dev/null 2>&1 ||
    ! [ -d "$(rustc --print target-libdir --target wasm32-unknown-unknown)" ]; then
    has rustup || missing "the wasm target" \
        "Install the standard library for wasm32-unknown-unknown of $(rustc --version), or use rustup."
    waiting "the Rust toolchain and its wasm target"
    toolchain=$(sed -n 's/^channel *= *"\(.*\)"/\1/p' rust-toolchain.toml)
    rustup toolchain install "$toolchain" --profile minimal --component clippy --component rustfmt \
        --target wasm32-unknown-unknown
fi

# cargo_tool PROGRAM CRATE VERSION COMMAND...: builds CRATE unless COMMAND answers with VERSION.
cargo_tool() {
    program=$1 crate=$2 version=$3
    shift 3
    if has "$program" && "$@" 2>/dev/null | grep -qF "$version"; then return; fi
    waiting "$crate $version, built from source (a few minutes, once)"
    cargo install "$crate" --version "$version" --locked --quiet
}

cargo_tool trunk trunk "$TRUNK" trunk --version
cargo_tool wasm-bindgen wasm-bindgen-cli "$WASM_BINDGEN" wasm-bindgen --version

if ! cmp -s package-lock.json node_modules/.sightline-lock; then
    waiting "the Node packages of package-lock.json (wasm-opt, LZMA, Playwright core, axe)"
    npm ci --no-audit --no-fund --loglevel=error
    cp package-lock.json node_modules/.sightline-lock
fi

[ "${1:-page}" = test ] || exit 0

cargo_tool cargo-deny cargo-deny "$CARGO_DENY" cargo deny --version

if ! node build/chromium.mjs >/dev/null 2>&1; then
    waiting "Chromium, from this system's package manager"
    as_root=
    [ "$(id -u)" = 0 ] || as_root="sudo -n"
    if has apt-get; then
        $as_root apt-get update -qq && $as_root apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core || true
    elif has dnf; then
        $as_root dnf install -y -q chromium || true
    elif has pacman; then
        $as_root pacman -S --noconfirm --quiet chromium || true
    elif has apk; then
        $as_root apk add --quiet chromium || true
    elif has brew; then
        brew install --quiet --cask chromium || true
    fi
    node build/chromium.mjs >/dev/null 2>&1 || missing "Chromium" \
        "Install Chromium or Chrome, or name its program in CHROMIUM, then run this again."
fi
