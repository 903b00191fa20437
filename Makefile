# The desk's commands. «make» alone tells what there is.
SHELL := /bin/bash
LOCAL := .local/bin/local
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run reset demo build generate check test bench soak asl vulns local tools

help: ## Lists these commands
	@echo "La mesa de ayuda · The service desk"; echo
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: local ## Runs the whole desk on this machine: portal, mailbox, mail in (ARGS="-web-port 9090")
	@exec $(LOCAL) run $(ARGS)

reset: local ## Forgets all local data; stop the desk first
	@$(LOCAL) reset $(ARGS)

demo: ## Plays the stories, step by step, on the desk of «make run»
	@DESK_READY_FILE=$(CURDIR)/.local/state/local.json go test -count=1 -v -timeout 20m -run 'TestScenarios' ./infra/scenarios

build: ## Builds the functions as they are deployed
	@CGO_ENABLED=0 GOFLAGS='-trimpath -tags=lambda.norpc -ldflags=-s' go build -o .local/functions/ ./functions/...

generate: ## Writes the generated files anew
	@go generate ./...

check: tools ## Format, linters, unit tests, template and ASL: no running desk
	@go tool -modfile=infra/tools.mod golangci-lint run ./...
	@go test $$(go list ./... | grep -v -e '/infra/scenarios$$' -e '/infra/scenarios/storms$$')
	@$(LOCAL) check

test: check ## All of check, then the emulator's wrapper, then stories and storms side by side, each on a desk of its own
	@$(LOCAL) test
	@go test -count=1 -timeout 20m ./infra/scenarios ./infra/scenarios/storms

bench: tools ## What things cost: waiting times, sizes, start times, the standard ticket; CPU of the handlers
	@go run ./infra/scenarios/bench
	@go test -run '^$$' -bench . -benchmem ./shared/mail ./shared/annex ./shared/calendar

soak: tools ## 1,000 waits and 100 restarts of the local cloud, under an hour (ARGS="-waits 100 -restarts 10"); figures to .local/soak.txt
	@go run ./infra/scenarios/soak $(ARGS)

asl: ## The state machines before the published validator; needs Node, asks the npm registry
	@for machine in statemachines/*.asl.json; do npx --yes asl-validator@4.0.0 --json-path $$machine || exit 1; done

vulns: ## Known vulnerabilities of the modules; asks the vulnerability database
	@go tool -modfile=infra/tools.mod govulncheck ./...

tools: local ## Installs the emulator and the SAM CLI under .local
	@$(LOCAL) tools

local:
	@go build -o $(LOCAL) ./infra/local
