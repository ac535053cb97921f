# The tasks of this repository; without a target, `make` lists them.
# Maven and the module, test and clusters to use can be set: make unit MODULE=glue-jobs TEST=FencedAppendTest

MVN      ?= $(shell command -v mvn >/dev/null && echo mvn || echo ./mvnw) -B -ntp
MODULE   ?= glue-jobs
TEST     ?= *Test
IT       ?= ExportJobIT
CLUSTERS ?= product-warehouse,category-management

NO_OTHER_TESTS = -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false

.DEFAULT_GOAL := help
.PHONY: help demo demo-check demo-keep jars verify unit integration mutants format ci ddl synth deploy

help: ## list the tasks
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-12s %s\n", $$1, $$2 }' Makefile

demo: ## run the whole pipeline on this machine
	./demo

demo-check: ## … and compare every exported row with what was written
	./demo --check

demo-keep: ## … and keep it running, to look around; logs are in output/<time>/
	./demo --keep

jars: ## build the jars to deploy, without sandbox and tests
	$(MVN) -Ddeploy package

verify: ## run all tests and checks
	$(MVN) verify

unit: ## run unit tests: MODULE=glue-jobs TEST=FencedAppendTest
	$(MVN) -pl $(MODULE) -am test -Dtest='$(TEST)' $(NO_OTHER_TESTS)

integration: ## run integration tests: MODULE=glue-jobs IT=ExportJobIT
	$(MVN) -pl $(MODULE) -am verify -Dtest=none -Dit.test='$(IT)' $(NO_OTHER_TESTS)

mutants: SHELL = bash
mutants: ## mutate the decisions and say how many mutants the tests kill; reports are in <module>/target/pit-reports
	set -o pipefail; $(MVN) -Plong -am -pl cluster-config,glue-jobs,orchestrator-lambda,infra-cdk test-compile pitest:mutationCoverage \
	  | grep --line-buffered -E '^>> (Generated|Mutations|Ran)|Building |BUILD|ERROR'

format: ## format the sources
	$(MVN) spotless:apply

ci: ## run what CI runs
	.ci/run

ddl: ## render table DDL, the view export_health and the lists in README and docs from the declarations
	$(MVN) -q -Prender -pl athena-ddl -am process-classes
	$(if $(JAVA_HOME),$(JAVA_HOME)/bin/)java -cp "athena-ddl/target/classes:$$(cat athena-ddl/target/classpath)" \
	  io.github.redshiftquerylogs.ddl.Render .

synth: jars ## check a deployment without AWS: CLUSTERS=a,b
	cd infra-cdk && npm ci --no-audit --no-fund && npx cdk synth -q -c clusters=$(CLUSTERS)

deploy: jars ## deploy to AWS: CLUSTERS=a,b; see infra-cdk/README.md
	cd infra-cdk && npm ci --no-audit --no-fund && npx cdk deploy -c clusters=$(CLUSTERS)
