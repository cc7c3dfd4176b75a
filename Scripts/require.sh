#!/usr/bin/env bash
# Usage: Scripts/require.sh NAME...
#
# Makes sure that each tool is installed. If Debian or Ubuntu has a package for a missing tool and this user may use apt-get,
# it installs the package. Otherwise it prints everything that is missing and how to get it, and exits with status 1.
set -euo pipefail

# Whether the tool $1 is installed.
is_present() {
  case "$1" in
    python3-venv) python3 -c 'import ensurepip, venv' >/dev/null 2>&1 ;;
    node) command -v node >/dev/null 2>&1 && [ "$(node -p 'Number(process.versions.node.split(".")[0]) >= 18')" = true ] ;;
    libintelrdfpmath-dev) compgen -G '/usr/lib/*/libbidgcc000.a' >/dev/null || [ -e /usr/local/lib/libbidgcc000.a ] ;;
    libsqlite3-dev) [ -e /usr/include/sqlite3.h ] || [ -e /usr/local/include/sqlite3.h ] ;;
    libc6-dev-arm64-cross) [ -e /usr/aarch64-linux-gnu/include/stdio.h ] ;;
    swift) command -v swift >/dev/null 2>&1 ;;
    *) command -v "$1" >/dev/null 2>&1 ;;
  esac
}

# The package that contains the tool $1; nothing if there is none.
package_of() {
  case "$1" in
    node) echo nodejs ;;
    aarch64-linux-gnu-gcc) echo gcc-aarch64-linux-gnu ;;
    qemu-aarch64-static | qemu-riscv64-static) echo qemu-user-static ;;
    qemu-system-aarch64) echo qemu-system-arm ;;
    dpkg-source) echo dpkg-dev ;;
    swift) ;;
    *) echo "$1" ;;
  esac
}

packages=()
problems=()
for name in "$@"; do
  is_present "$name" && continue
  package=$(package_of "$name")
  if [ -n "$package" ]; then
    packages+=("$package")
  else
    problems+=("$name: install Swift 6.3 or newer from https://www.swift.org/install/linux/ and put it in PATH")
  fi
done

if [ "${#packages[@]}" -gt 0 ]; then
  elevate=()
  if [ "$(id -u)" -ne 0 ]; then elevate=(sudo -n); fi
  if command -v apt-get >/dev/null 2>&1 && { [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null; }; then
    echo "installing: ${packages[*]}"
    "${elevate[@]}" apt-get update -qq || true
    "${elevate[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      "${packages[@]}" >/dev/null || true
  else
    problems+=("packages: as an administrator run  apt-get install ${packages[*]}")
  fi
  for name in "$@"; do
    if [ -n "$(package_of "$name")" ] && ! is_present "$name" && [ "${#problems[@]}" -eq 0 ]; then
      problems+=("$name: could not be installed$([ "$name" != node ] || echo ' (version 18 or newer is needed)')")
    fi
  done
fi

if [ "${#problems[@]}" -gt 0 ]; then
  echo "missing tools:" >&2
  printf '  %s\n' "${problems[@]}" >&2
  exit 1
fi
