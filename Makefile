# Qingfeng 清风. `make help` lists what there is to do.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := build
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

# Where `make run` listens and keeps its city.
PORT   ?= 8080
LISTEN ?= 127.0.0.1:$(PORT)
DATA   ?= var/demo

# SQLite is compiled in, with its full-text search.
export CGO_ENABLED := 1
GO_TAGS := sqlite_fts5

# What the program carries inside: the console as Vite built it, and the font of
# its posters and documents.
CONSOLE   := internal/web/console/dist/index.html
FONT_DIR  := internal/kit/doc/font
FONT_FROM := console/node_modules/@expo-google-fonts/noto-sans-sc
FONTS     := $(FONT_DIR)/NotoSansSC_400Regular.ttf $(FONT_DIR)/NotoSansSC_700Bold.ttf

CONSOLE_SOURCES := $(shell find console \( -name node_modules -o -name dist \) -prune -o -type f -print)
TEMPL_SOURCES   := $(shell find internal -name '*.templ')
TEMPL_MADE      := $(TEMPL_SOURCES:.templ=_templ.go)

# npm writes this file last; it stands for a finished installation.
CONSOLE_MODULES := console/node_modules/.package-lock.json
E2E_MODULES     := e2e/node_modules/.package-lock.json
PAGE_MODULES    := internal/web/client/node_modules/.package-lock.json
TUS_MODULES     := internal/kit/upload/testdata/tusjs/node_modules/.package-lock.json

# The script of the citizen's pages, which work without it.
PAGE         := internal/web/assets/page.js
PAGE_SOURCES := $(shell find internal/web/client -name node_modules -prune -o -type f -print)

.PHONY: help build run test bench fuzz lint gen fmt clean prepare machine

help: ## this list
	@awk -F ':[^#]*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' Makefile

build: prepare $(CONSOLE) $(PAGE) ## build bin/qingfeng
	@echo 'building bin/qingfeng'
	@go build -tags $(GO_TAGS) -o bin/qingfeng ./cmd/qingfeng

run: build ## build and start a demo city (PORT=9000, or LISTEN=HOST:PORT; DATA=folder)
	@mkdir -p '$(DATA)'
	@exec bin/qingfeng demo --data '$(DATA)' --listen '$(LISTEN)'

test: ## check everything (STAGES="go lint" picks some; details in var/test)
	@scripts/test.sh $(STAGES)

bench: build ## measure speed and memory (BENCH=full: at a million cases; BENCH_FLAGS="-only upload": some lines)
	@go build -tags $(GO_TAGS) -o bin/bench ./bench
	@bin/bench $(BENCH_FLAGS)

fuzz: prepare ## look for bad input by every fuzz target (SECONDS=60 for each)
	@scripts/fuzz.sh $(SECONDS)

lint: prepare ## run the Go linters alone
	@scripts/tool.sh golangci-lint
	@bin/tools/golangci-lint run

gen: prepare ## renew the files that are generated and committed
	@scripts/generate.sh .

fmt: prepare $(E2E_MODULES) ## format all sources
	@scripts/tool.sh golangci-lint
	@bin/tools/golangci-lint fmt
	@go run github.com/a-h/templ/cmd/templ fmt internal
	@console/node_modules/.bin/biome check --write console
	@cd e2e && npx --no-install biome check --write .

clean: ## remove what was built; the data under var stays
	@rm -rf bin console/dist var/test

# Enough to compile, test and lint the Go code.
prepare: machine $(FONTS) $(TEMPL_MADE)

machine:
	@scripts/check-machine.sh

$(CONSOLE_MODULES) $(E2E_MODULES) $(PAGE_MODULES) $(TUS_MODULES): %/node_modules/.package-lock.json: %/package.json %/package-lock.json | machine
	@echo 'installing the packages of $*'
	@mkdir -p var
	@npm ci --prefix $* --no-audit --no-fund >var/npm-$(subst /,-,$*).log 2>&1 || { cat var/npm-$(subst /,-,$*).log; exit 1; }
	@touch $@

$(FONTS): $(FONT_DIR)/%.ttf: $(CONSOLE_MODULES)
	@mkdir -p $(FONT_DIR)
	@cp "$$(find $(FONT_FROM) -name '$*.ttf' -print -quit)" $@

%_templ.go: %.templ
	@go run github.com/a-h/templ/cmd/templ generate -f $< -log-level error

console/dist/index.html: $(CONSOLE_MODULES) $(CONSOLE_SOURCES)
	@echo 'building the console'
	@mkdir -p var
	@npm run build --prefix console >var/console-build.log 2>&1 || { cat var/console-build.log; exit 1; }
	@touch $@

$(PAGE): $(PAGE_MODULES) $(PAGE_SOURCES)
	@echo "building the page's script"
	@mkdir -p var
	@npm run build --prefix internal/web/client >var/page-build.log 2>&1 || { cat var/page-build.log; exit 1; }
	@touch $@

# README.md stays, so that the folder exists in a fresh clone.
$(CONSOLE): console/dist/index.html
	@mkdir -p $(@D)
	@find $(@D) -mindepth 1 ! -name README.md -delete
	@cp -R console/dist/. $(@D)/
