# The desk's commands. «make» alone tells what there is.
SHELL := /bin/bash
LOCAL := .local/bin/local
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run reset demo build generate check test bench local tools

help: ## Lists these commands
	@echo "La mesa de ayuda · The service desk"; echo
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: local ## Runs the whole desk on this machine: portal, mailbox, mail in (ARGS="-web-port 9090")
	@exec $(LOCAL) run $(ARGS)

reset: local ## Forgets all local data; stop the desk first
	@$(LOCAL) reset $(ARGS)

demo: run ## The same as run: the sample data is always loaded

build: ## Builds the functions as they are deployed
	@CGO_ENABLED=0 GOFLAGS='-trimpath -tags=lambda.norpc -ldflags=-s' go build -o .local/functions/ ./functions/...

generate: ## Writes the generated files anew
	@go generate ./...

check: tools ## Format, vet, unit tests, template and ASL: no stack, no network once the tools are there
	@unformatted="$$(gofmt -l $$(git ls-files -co --exclude-standard '*.go'))"; \
	if [ -n "$$unformatted" ]; then echo "gofmt -w:"; echo "$$unformatted"; exit 1; fi
	@go vet ./...
	@go test ./...
	@$(LOCAL) check

test: check ## All of check, then the emulator's wrapper
	@$(LOCAL) test

bench: ## Benchmarks
	@go test -run '^$$' -bench . -benchmem ./...

tools: local ## Installs the emulator and the SAM CLI under .local
	@$(LOCAL) tools

local:
	@go build -o $(LOCAL) ./infra/local
