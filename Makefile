# The front door: every target installs what it needs, then calls a script of tools/.

MODEL ?=
PREFIX ?= /usr/local
DESTDIR ?=
NIGHTLY_FUZZ_SECONDS := $(or $(FUZZ_SECONDS),600)
FUZZ_SECONDS ?= 60

.DEFAULT_GOAL := help
.PHONY: help build demo test bench interop lint fuzz nightly install package clean

help: ## Explain all targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## Build the release preset: build/release/bin/hallmark
	tools/bootstrap build
	tools/build release

demo: ## Sign and verify a model; MODEL=DIR takes your own
	tools/bootstrap build demo
	tools/build release
	MODEL="$(MODEL)" examples/demo/run

test: ## Build the dev preset and run all tests
	tools/bootstrap test
	tools/run_tests dev

bench: ## Measure the release build
	tools/bootstrap build bench
	tools/build release
	bench/run

interop: ## Exchange signatures with other implementations
	tools/bootstrap build interop
	tools/build release
	tests/interop/run

lint: ## Check layers, format, scripts and changed sources
	tools/bootstrap test lint
	tools/lint

fuzz: ## Fuzz every parser for FUZZ_SECONDS (60) each
	tools/bootstrap test lint
	tools/build fuzz
	tools/run_fuzzers $(FUZZ_SECONDS)

nightly: ## The slow checks: all of clang-tidy, clang, tsan, ARM, long fuzzing, coverage
	tools/bootstrap test lint coverage aarch64
	FUZZ_SECONDS=$(NIGHTLY_FUZZ_SECONDS) tools/nightly

install: ## Install the release build below PREFIX (/usr/local), staged in DESTDIR
	tools/bootstrap build
	tools/build release
	DESTDIR="$(DESTDIR)" cmake --install build/release --prefix "$(PREFIX)"

package: ## Build Debian packages: build/release/packages
	tools/bootstrap build package
	tools/build_package

clean: ## Remove everything that was built
	rm -rf build
