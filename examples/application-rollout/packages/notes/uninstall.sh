#!/bin/sh
# Removes Notes: uninstall.sh PREFIX
set -eu
rm -rf "$1"
