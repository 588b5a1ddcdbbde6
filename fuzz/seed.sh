#!/bin/sh
# Fills the fuzzers' corpora from the test cases: templates as they are, expressions one a file.
set -eu
cd "$(dirname "$0")"
mkdir -p corpus/json corpus/evaluate
for template in ../tests/cases/arm/templates/*.json; do
	cp "$template" corpus/json/
	cp "$template" corpus/evaluate/
done
sed -n 's/.*"expr": "\[\(.*\)\]", "\(expect\|template\).*/\1/p' ../tests/cases/arm/vectors.jsonl |
	sed 's/\\"/"/g; s/\\\\/\\/g' |
	while IFS= read -r expression; do
		name=$(printf '%s' "$expression" | cksum | cut -d ' ' -f 1)
		printf '%s' "$expression" >"corpus/evaluate/$name"
	done
echo "corpora: $(ls corpus/json | wc -l) and $(ls corpus/evaluate | wc -l) files"
