#!/bin/sh
# Renews requirements/dev.txt: pins, hashes and markers, no registry address. The lock file itself records addresses
# on every entry, so it is made in a temporary copy and thrown away.
set -eu
cd "$(dirname "$0")/.."
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT INT TERM
cp pyproject.toml "$copy/"
touch "$copy/README.md"
cp LICENSE "$copy/"
(cd "$copy" && uv lock --quiet && uv export --quiet --format requirements-txt --no-emit-project --all-groups --no-header >dev.txt)
if grep -nE '^[^#]*(https?://|--index-url|--extra-index-url|--find-links)' "$copy/dev.txt"; then
    echo "lock: the export holds an address; nothing was written" >&2
    exit 1
fi
cp "$copy/dev.txt" requirements/dev.txt
