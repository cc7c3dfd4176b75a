#!/usr/bin/env bash
# Usage: Scripts/python-oracles.sh
#
# Installs the Python packages that some tests compare the engine's results with. They go into a virtual environment below
# .build, and nothing else is changed. Tests that need the environment fail if it is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

environment=.build/oracles
if "$environment/bin/python" -c 'import cbor2, cryptography' >/dev/null 2>&1; then exit 0; fi
python3 -m venv "$environment"
"$environment/bin/pip" install --quiet --disable-pip-version-check 'cbor2>=5.6,<7' 'cryptography>=42'
