#!/bin/sh
# Takes out of node_modules what no process reads: types, maps, documents, other platforms' native parts.
#   sh docker/trim-modules.sh FOLDER [PLATFORM]     PLATFORM: linux-x64 (default: this machine's)
set -eu
folder=$1
platform=${2:-linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')}

find "$folder" -type f \( -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.map' \
  -o -name '*.md' -o -name '*.markdown' \) -delete
find "$folder" -path '*/prebuilds/*' -name '*.node' ! -path "*$platform*" -delete
rm -rf "$folder/better-sqlite3/deps" "$folder/better-sqlite3/src" \
  "$folder/isolated-vm/vendor" "$folder/isolated-vm/src" "$folder/openai/src" "$folder/typeorm/browser"
find "$folder" -type d -empty -delete
