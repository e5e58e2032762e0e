# fluxdag's targets; "make help" lists them.

GO ?= go
# Packages with fuzz targets, as package:target.
FUZZ_TARGETS := ./gen:FuzzParse ./gen:FuzzRead ./gen:FuzzAllow ./gen:FuzzGo ./plan:FuzzMarkdown ./repo:FuzzLoad ./schema:FuzzValidate ./schema:FuzzExpression
FUZZTIME ?= 30s
BENCHTIME ?= 1s

.DEFAULT_GOAL := help
.PHONY: help manifests test check format vet staticcheck drift tidy bench-check e2e-check docs-check schema-check schema docs golden bench fuzz e2e e2e-modules e2e-binaries e2e-update browser screenshots

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

manifests: ## Write the YAML of every declared cluster (the main job)
	$(GO) generate ./...

test: ## Run all tests
	$(GO) test ./...

check: format vet staticcheck drift tidy bench-check e2e-check docs-check schema-check ## Format, vet, staticcheck, drift, tidy go.mod, bench, e2e, docs and CRDs in step

format: ## Fail on Go files that gofmt would change
	@files=$$(gofmt -l .); if [ -n "$$files" ]; then echo "gofmt would change:"; echo "$$files"; exit 1; fi

vet: ## Run go vet
	$(GO) vet ./...

staticcheck: ## Run staticcheck, pinned in go.mod
	$(GO) tool staticcheck ./...
	@dir=$$(mktemp -d) && $(GO) build -o $$dir honnef.co/go/tools/cmd/staticcheck && cd e2e && $$dir/staticcheck ./...; status=$$?; rm -r $$dir; exit $$status

drift: ## Check the declared clusters and hold the committed YAML against them
	$(GO) run ./cmd/fluxdag check

tidy: ## Fail when go.mod or go.sum is not tidy
	$(GO) mod tidy -diff

bench-check: ## Vet the benchmarks' own module, hold its go.mod tidy, and our pictures against Graphviz's
	cd bench && $(GO) vet ./... && $(GO) mod tidy -diff && $(GO) test -run 'Crossings|Graphviz' .

e2e-check: ## Vet the e2e suite's own module, and fail when its go.mod is not tidy
	cd e2e && $(GO) vet ./... && $(GO) mod tidy -diff

docs-check: ## Fail when docs/rules.md is not what the rules say
	$(GO) run ./cmd/fluxdag explain --markdown | diff -u docs/rules.md -

schema-check: ## Fail when the embedded CRDs are not what their modules hold
	$(GO) run ./schema/internal/generate -check

schema: ## Rewrite the CRDs that package schema embeds, from the pinned modules
	$(GO) run ./schema/internal/generate

docs: ## Rewrite docs/rules.md from the rules
	$(GO) run ./cmd/fluxdag explain --markdown > docs/rules.md.tmp
	mv docs/rules.md.tmp docs/rules.md

golden: ## Rewrite the golden files; read the diff before committing it
	$(GO) test ./dag ./gen ./view ./plan ./repo ./cmd ./cmd/full ./clusters/... -update

bench: ## Run the benchmarks, and time check, lint and the reader as processes beside their peers
	$(GO) test -run '^$$' -bench . -benchmem -benchtime $(BENCHTIME) ./...
	cd bench && $(GO) test -run '^$$' -bench Startup -benchtime 200x .
	cd bench && $(GO) test -run '^$$' -bench 'Lint|Reading|Plan|Graph' -benchtime 5x .

fuzz: ## Fuzz every reader for FUZZTIME each (default 30s)
	@set -e; for t in $(FUZZ_TARGETS); do \
		$(GO) test $${t%%:*} -run '^$$' -fuzz "^$${t##*:}\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x; done

# The suite is run from its own folder, so that go test shows what it prints.
e2e: ## Run the suites on a real API server and the real Flux controllers (the first run builds them)
	cd e2e && $(GO) test -count=1 -timeout 25m
	cd e2e && $(GO) test -count=1 ./internal/...

e2e-modules: ## Download the modules that the programs of the control plane are built from
	cd e2e/binaries/etcd && $(GO) list -mod=readonly -deps go.etcd.io/etcd/server/v3 > /dev/null
	cd e2e/binaries/flux && $(GO) list -mod=readonly -deps github.com/fluxcd/kustomize-controller github.com/fluxcd/source-controller > /dev/null
	cd e2e/binaries/kubernetes && $(GO) list -mod=readonly -deps k8s.io/kubernetes/cmd/kube-apiserver > /dev/null

e2e-binaries: ## Build the programs of the control plane that the cache does not hold
	cd e2e && $(GO) run ./internal/binaries/build

e2e-update: ## Run the suites, and rewrite docs/proof.md and golden/admission from what they see
	cd e2e && $(GO) test -count=1 -timeout 25m -update

browser: ## Test the pictures in a real Chromium (installs what is missing)
	GO="$(GO)" browser/run

screenshots: ## Take screenshots of the pictures into browser/shots
	GO="$(GO)" browser/run shots
