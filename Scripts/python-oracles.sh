#!/usr/bin/env bash
# Usage: Scripts/python-oracles.sh
#
# Installs the Python packages that some tests hold the engine's results against, in a virtual environment below .build
# (nothing outside is touched). Tests that need it fail where it is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

environment=.build/oracles
if "$environment/bin/python" -c 'import cbor2, cryptography' >/dev/null 2>&1; then exit 0; fi
python3 -m venv "$environment"
"$environment/bin/pip" install --quiet --disable-pip-version-check 'cbor2>=5.6,<7' 'cryptography>=42'
