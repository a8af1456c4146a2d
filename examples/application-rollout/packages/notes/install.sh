#!/bin/sh
# Installs Notes: install.sh PREFIX VERSION
set -eu
mkdir -p "$1"
printf '#!/bin/sh\necho "Notes %s"\n' "$2" > "$1/notes"
chmod +x "$1/notes"
echo "$2" > "$1/version"
