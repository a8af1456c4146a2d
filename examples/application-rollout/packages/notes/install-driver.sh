#!/bin/sh
# Installs the driver: install-driver.sh PREFIX. Ends with 194: a restart is needed.
set -eu
touch "$1/driver"
exit 194
