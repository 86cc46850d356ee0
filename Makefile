# Drover. "make help" lists the targets; "make demo" and "make test" do everything on a fresh machine.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# Maven 3.8 and Netty use what JDK 25 warns about at each start.
export MAVEN_OPTS ?= --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED

MVN = JAVA_HOME=$$(bin/jdk) mvn -B -ntp
QUIET = $(MVN) -q -Dstyle.color=never
TEST_CLASSPATH := target/test.classpath
JAR := target/quarkus-app/quarkus-run.jar
BED_CLASS := target/test-classes/dev/drover/testbed/Bed.class
BED = $$(bin/jdk)/bin/java $(MAVEN_OPTS) -cp target/test-classes:target/classes:$$(cat $(TEST_CLASSPATH)) dev.drover.testbed.Bed

# How many nodes "make bed-up" adds.
NODES ?= 6

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: prerequisites
prerequisites: ## Check that everything that is needed is installed, and say how to get what is not
	@bin/prerequisites

.PHONY: build
build: prerequisites ## Build the operator (target/quarkus-app)
	@$(QUIET) package -DskipTests
	@bin/aot-cache

.PHONY: test
test: prerequisites ## Run all tests; the first time this builds the local control plane, which takes a quarter of an hour
	@$(MAKE) --no-print-directory -j2 programs classes
	@$(MVN) verify

.PHONY: test-full
test-full: prerequisites ## Run all tests, with those that take too long for every run
	@$(MAKE) --no-print-directory -j2 programs classes
	@$(MVN) verify -Dtest.excludedGroups=bench

# Which story the demo tells.
SCENARIO ?= balance

.PHONY: demo
demo: prerequisites ## Watch the operator on a local control plane: SCENARIO=balance (a hot node) or service (an application service)
	@$(MAKE) --no-print-directory -j2 programs $(JAR)
	@bin/demo "$(SCENARIO)"

.PHONY: bed-up
bed-up: prerequisites ## Start a local control plane with NODES=6 nodes in the background
	@$(MAKE) --no-print-directory -j2 programs classes
	@$(BED) up $(NODES)

.PHONY: bed-down
bed-down: $(BED_CLASS) $(TEST_CLASSPATH) ## Stop it
	@$(BED) down

.PHONY: bed-status
bed-status: $(BED_CLASS) $(TEST_CLASSPATH) ## Show its programs, nodes and VMs
	@$(BED) status

.PHONY: bench
bench: prerequisites ## Measure; see docs/benchmarks.md
	@$(MAKE) --no-print-directory -j2 programs classes
	@$(MVN) verify -Dtest.groups=bench -Dtest.excludedGroups=

# Which of the micro-benchmarks, and how JMH measures them.
MICRO ?= MicroBench
MICRO_OPTIONS ?= -f 1 -wi 3 -i 5 -w 1 -r 1

.PHONY: bench-micro
bench-micro: classes ## Measure the inner loops of the engine with JMH: MICRO is a pattern of their names
	@$$(bin/jdk)/bin/java $(MAVEN_OPTS) -cp target/test-classes:target/classes:$$(cat $(TEST_CLASSPATH)) org.openjdk.jmh.Main "$(MICRO)" $(MICRO_OPTIONS)

# Where bench-full reads its instances, what it is measured with, and where it keeps the results; ONLY is a pattern of names.
INSTANCES ?=
SEEDS ?= 1 2 3
ONLY ?= .
RESULTS ?= bench-full.jsonl
SWEEP = $$(bin/jdk)/bin/java $(MAVEN_OPTS) -cp target/test-classes:target/classes:$$(cat $(TEST_CLASSPATH)) dev.drover.bench.sweep.Sweep

.PHONY: bench-full
bench-full: prerequisites ## Measure everything on the published instances in INSTANCES=DIR: hours; goes on where it was stopped
	@$(MAKE) --no-print-directory -j2 classes $(JAR)
	@$(SWEEP) run "$(RESULTS)" "$(INSTANCES)" "$(SEEDS)" "$(ONLY)"

.PHONY: bench-pages
bench-pages: classes ## Write docs/targets.md and the plots of cost over time from these results
	@$(SWEEP) report "$(RESULTS)" docs

.PHONY: generate
generate: prerequisites ## Write crds/ and the generated pages of docs/reference anew from the code
	@$(QUIET) test-compile surefire:test -Dtest.groups=generated -Ddrover.generate=true

.PHONY: format
format: prerequisites ## Format the sources
	@$(QUIET) spotless:apply

.PHONY: clean
clean: ## Remove what was built, but not the control plane's programs (they are in testbed/.cache)
	@rm -rf target

# The programs of the local control plane, in testbed/.cache.
.PHONY: programs
programs:
	@testbed/build.sh >/dev/null

# The compiled classes and tests, and what they need on the class path.
.PHONY: classes
classes: $(TEST_CLASSPATH)
	@$(QUIET) test-compile

$(BED_CLASS):
	@$(MAKE) --no-print-directory classes

# The packaged operator, with the compiled tests beside it; nothing is built when no source has changed.
$(JAR): pom.xml $(shell find src -type f) | $(TEST_CLASSPATH)
	@echo "building the operator: a minute, longer when Maven has to fetch its modules" >&2
	@$(QUIET) package -DskipTests
	@touch $@

$(TEST_CLASSPATH): pom.xml
	@mkdir -p target
	@$(QUIET) dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile=$@
