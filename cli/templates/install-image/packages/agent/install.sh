#!/bin/sh
# Installs the management agent. Replace this with the real one.
set -eu
mkdir -p /opt/agent
echo "installed" > /opt/agent/state
