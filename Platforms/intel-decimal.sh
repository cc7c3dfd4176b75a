#!/usr/bin/env bash
# Usage: Platforms/intel-decimal.sh arm64           prints Intel's library for arm64, from Debian's package
#        Platforms/intel-decimal.sh TRIPLE FLAGS... prints the library compiled for TRIPLE from Debian's source package
#
# Both are downloaded with lists of sources of their own, so the system's package lists stay as they are.
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C

work=$PWD/.build/platforms/intel-decimal
mkdir -p "$work"

# The archive that the system itself installs from, as ADDRESS and SUITE: the one that has the package.
archive() {
  apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' |
    awk '$2 !~ /-(security|updates|backports)/ && $1 ~ /debian\/?$|ubuntu\/?$/ { print; exit }'
}

# apt ARCHITECTURE ARGUMENTS... with sources, lists and cache in a folder of this script
apt() {
  local architecture=$1 state=$work/apt-$1 address suite
  shift
  mkdir -p "$state"/{sources,lists/partial,cache/archives/partial}
  read -r address suite < <(archive)
  printf 'Types: deb deb-src\nURIs: %s\nSuites: %s\nComponents: main\n' "$address" "$suite" \
    >"$state/sources/archive.sources"
  apt-get -qq -o APT::Sandbox::User=root -o APT::Architecture="$architecture" -o APT::Architectures::="$architecture" \
    -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts="$state/sources" -o Dir::State::Lists="$state/lists" \
    -o Dir::Cache="$state/cache" "$@"
}

if [ "$1" = arm64 ]; then
  library=$work/arm64/usr/lib/aarch64-linux-gnu/libbidgcc000.a
  if [ ! -e "$library" ]; then
    apt arm64 update >&2
    (cd "$work" && apt arm64 download libintelrdfpmath-dev >&2)
    dpkg -x "$work"/libintelrdfpmath-dev_*_arm64.deb "$work/arm64"
  fi
  echo "$library"
  exit
fi

triple=$1
shift
source=$work/source/LIBRARY/src
if [ ! -d "$source" ]; then
  apt "$(dpkg --print-architecture)" update >&2
  (cd "$work" && apt "$(dpkg --print-architecture)" source --download-only intelrdfpmath >&2)
  rm -rf "$work/source"
  dpkg-source --no-check -x "$work"/intelrdfpmath_*.dsc "$work/source" >/dev/null 2>&1
fi

# The four operations of CIntelDecimal and what they call. Contracted multiplications and additions would be rounded
# once instead of twice, which differs from one processor to the next.
files=(bid128 bid128_add bid128_div bid128_fma bid128_mul bid64_to_bid128 bid_convert_data bid_decimal_data
  bid_decimal_globals bid_round)
library=$work/$triple/libbidgcc000.a
if [ ! -e "$library" ]; then
  mkdir -p "$work/$triple"
  tools=$(dirname "$(readlink -f "$(command -v swiftc)")")
  objects=()
  for file in "${files[@]}"; do
    "$tools/clang" --target="$triple" -O2 -ffreestanding -ffp-contract=off -w "$@" -I Platforms/headers \
      -DDECIMAL_CALL_BY_REFERENCE=0 -DDECIMAL_GLOBAL_ROUNDING=0 -DDECIMAL_GLOBAL_EXCEPTION_FLAGS=0 \
      -c "$source/$file.c" -o "$work/$triple/$file.o"
    objects+=("$work/$triple/$file.o")
  done
  rm -f "$library"
  "$tools/llvm-ar" rc "$library" "${objects[@]}"
fi
echo "$library"
