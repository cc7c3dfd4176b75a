# The tasks of MicroQuickJS. `make` alone lists them.
#
# Every target first checks for the tools that it needs. It installs missing tools with apt-get if it can (as root, or
# through sudo without a password). Otherwise, it says what is missing and stops.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

SWIFT_SOURCES := $(wildcard Sources tests conformance Benchmarks Fuzzing Package.swift)
FUZZ_SECONDS ?= 60
ROUNDS ?= 5
COUNT ?= 100000
SEED ?= 1
MINUTES ?= 60
CRASH_POINTS ?= 200
COUNT_PROGRAMS ?= 3000
DETERMINISM_TOOLS := swift libintelrdfpmath-dev libsqlite3-dev node python3 dpkg-source aarch64-linux-gnu-gcc \
	libc6-dev-arm64-cross qemu-aarch64-static qemu-system-aarch64
# Optimises the targets that do the most work in the tests (see Package.swift).
SWIFT_TEST := env MQJS_OPTIMIZED_TESTS=1 swift test

.PHONY: help demo runtime test differential grammar bench bench-gas gas-hunt gas-hunt-proof bench-load bench-memory \
	bench-metering bench-sandbox docs crash-test format lint determinism determinism-check conformance canary coverage \
	playground \
	playground-test constant-time decimal-timing fuzz clean

help:  ## Print this list
	@grep -E '^[a-z-]+:.*##' $(firstword $(MAKEFILE_LIST)) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1@\2/' | column -t -s '@'

demo:  ## Build, then show the life of a snapshot of examples/invoice
	@Scripts/require.sh swift libintelrdfpmath-dev libsqlite3-dev openssl
	@Scripts/dependencies.sh check
	@Scripts/build-release.sh
	@Scripts/demo.sh

runtime:  ## Build mqjs-runtime as one static file, and test it
	@Scripts/require.sh swift libintelrdfpmath-dev libsqlite3-dev openssl gdb python3
	@Scripts/dependencies.sh check
	@Scripts/build-runtime.sh

test:  ## Run all tests
	@Scripts/require.sh swift libintelrdfpmath-dev libsqlite3-dev openssl gdb node python3 python3-venv
	@Scripts/python-oracles.sh
	@Scripts/dependencies.sh check
	Scripts/leaves-nothing.sh $(SWIFT_TEST)

differential:  ## Compare the engine with the reference evaluator on random programs (COUNT=100000 SEED=1)
	@Scripts/require.sh swift libintelrdfpmath-dev
	swift build -c release --product differential-driver
	.build/release/differential-driver $(COUNT) $(SEED)

grammar:  ## Check with Node.js the random texts that the compiler accepts (COUNT=100000)
	@Scripts/require.sh swift libintelrdfpmath-dev libsqlite3-dev node
	DERIVED_TEXTS=$(COUNT) $(SWIFT_TEST) --filter DerivedTextTests

bench:  ## Compare speed with QuickJS and Node.js in one run (ROUNDS=5)
	@Scripts/require.sh swift libintelrdfpmath-dev libsqlite3-dev node python3 python3-venv
	@Scripts/build-release.sh
	@Scripts/bench.sh --rounds $(ROUNDS)

bench-gas:  ## Measure the worst time per unit of gas: adversarial programs against the bare tail call
	@Scripts/require.sh swift libintelrdfpmath-dev libsqlite3-dev python3
	swift run --package-path Benchmarks -c release gas-timing --rounds $(ROUNDS) --out $(CURDIR)/.build/bench/bench-gas.json
	@Scripts/build-release.sh
	@Scripts/gas-hunt.sh rank

gas-hunt:  ## Search for programs that take the most time per unit of gas (MINUTES=60 SEED=1)
	@Scripts/require.sh swift libintelrdfpmath-dev libsqlite3-dev python3
	@Scripts/build-release.sh
	@Scripts/gas-hunt.sh hunt --minutes $(MINUTES) --seed $(SEED)

gas-hunt-proof:  ## Prove that the search finds known faults: run it on an engine that has them (MINUTES=60 SEED=1)
	@Scripts/require.sh swift libintelrdfpmath-dev libsqlite3-dev python3
	@Scripts/gas-hunt.sh proof --minutes $(MINUTES) --seed $(SEED)

bench-load:  ## Measure the load check of hostile images of 1 to 64 MB against SHA-256 of the same bytes
	@Scripts/require.sh swift libintelrdfpmath-dev
	swift run --package-path Benchmarks -c release load-timing

bench-memory:  ## Measure the resident memory of requests that use as much as they can, against their budgets
	@Scripts/require.sh swift libintelrdfpmath-dev libsqlite3-dev python3
	@Scripts/build-release.sh
	@python3 Benchmarks/bench_memory.py

bench-metering:  ## Measure the cost of gas metering: the engine with and without it, in turns
	@Scripts/require.sh swift libintelrdfpmath-dev python3
	@Scripts/bench-metering.sh --rounds $(ROUNDS)

bench-sandbox:  ## Measure clone, wipe and first response, and compare with contexts of other engines
	@Scripts/require.sh swift libintelrdfpmath-dev libsqlite3-dev node python3 python3-venv
	@Scripts/bench.sh sandbox

docs:  ## Rewrite the pages of docs/ that are generated from tables (diagnostics, gas, instructions, effects, commands)
	@Scripts/require.sh swift libintelrdfpmath-dev libsqlite3-dev
	UPDATE_GOLDEN=1 $(SWIFT_TEST) --filter PublishedPagesTests
	@git --no-pager diff --stat -- docs

crash-test:  ## Kill the command at random moments (CRASH_POINTS=200), and check what is left
	@Scripts/require.sh swift libintelrdfpmath-dev libsqlite3-dev python3 openssl
	CRASH_POINTS=$(CRASH_POINTS) $(SWIFT_TEST) --filter CrashTests

format:  ## Format the Swift sources in place
	@Scripts/require.sh swift
	swift format format --in-place --parallel --recursive $(SWIFT_SOURCES)

lint:  ## Check formatting, the places of `unsafe`, that canaries fit, and that nothing is marked as unfinished
	@Scripts/require.sh swift python3
	swift format lint --strict --parallel --recursive $(SWIFT_SOURCES)
	@PYTHONDONTWRITEBYTECODE=1 python3 tests/Canaries/canaries.py --check
	@Scripts/lint.sh

determinism:  ## Run the same programs on every platform, and compare all results (COUNT_PROGRAMS=3000)
	@Scripts/require.sh $(DETERMINISM_TOOLS) qemu-riscv64-static
	@Scripts/determinism.sh $(COUNT_PROGRAMS) x86_64-debug x86_64-release x86_64-release:collecting \
	  x86_64-release:filled x86_64-release:elsewhere x86_64-small x86_64-static x86_64-sanitized \
	  wasm32 wasm32:filled aarch64-linux aarch64-none riscv64-linux

determinism-check:  ## The same on fewer platforms and with fewer programs
	@Scripts/require.sh $(DETERMINISM_TOOLS)
	@Scripts/determinism.sh 150 x86_64-release:filled wasm32 aarch64-linux aarch64-none

conformance:  ## Test two runners with the conformance kit: the engine as WebAssembly, and the reference evaluator
	@Scripts/require.sh $(DETERMINISM_TOOLS)
	@Scripts/build-release.sh
	@Scripts/conformance.sh

canary:  ## Break a copy of the sources in many ways, one at a time, and name the test that notices each
	@Scripts/require.sh swift libintelrdfpmath-dev libsqlite3-dev openssl gdb node python3 python3-venv
	@Scripts/python-oracles.sh
	PYTHONDONTWRITEBYTECODE=1 python3 tests/Canaries/canaries.py

coverage:  ## Measure which lines of Engine and Compiler the tests reach
	@Scripts/require.sh swift libintelrdfpmath-dev libsqlite3-dev openssl gdb node python3 python3-venv
	@Scripts/python-oracles.sh
	@Scripts/coverage.sh

playground:  ## Make the playground, a folder of static files that runs the engine in the browser
	@Scripts/require.sh $(DETERMINISM_TOOLS)
	@Scripts/playground.sh

playground-test: playground  ## Open the playground in headless Chromium, and compare it with mqjs
	@Scripts/require.sh chromium
	@Scripts/build-release.sh
	@Scripts/conformance-cases.sh 150
	@PYTHONDONTWRITEBYTECODE=1 python3 playground/browser_test.py .build/playground .build/release/mqjs \
	  .build/conformance/cases.jsonl

constant-time:  ## Check that the machine code that compares decimals has no jumps and no tables
	@Scripts/require.sh swift libintelrdfpmath-dev libsqlite3-dev
	@Scripts/constant-time.sh

decimal-timing:  ## Measure whether the time for a decimal comparison depends on the numbers
	@Scripts/require.sh swift libintelrdfpmath-dev libsqlite3-dev
	swift run --package-path Benchmarks -c release decimal-timing

fuzz:  ## Run each fuzzer for a while (FUZZ_SECONDS=60)
	@Scripts/require.sh swift libintelrdfpmath-dev libsqlite3-dev
	@Scripts/fuzz.sh $(FUZZ_SECONDS)

clean:  ## Remove all build products
	rm -rf .build Benchmarks/.build Fuzzing/.build
