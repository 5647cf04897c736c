# Makefile - builds, tests and checks lyncprobe ("make help" lists the targets)
#
# Every list of files is a wildcard. Objects lie in build/<flavour>/, one folder for each way to
# compile. V=1 shows the commands, JOBS=n (or -j n) the number of processes.

VERSION := 0.1.0
PREFIX ?= /usr/local
DESTDIR ?=
FUZZ_SECONDS ?= 60
CC = gcc
FUZZ_CC = clang
BUILD := build

ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(or $(JOBS),$(shell nproc))
endif
MAKEFLAGS += --no-print-directory --no-builtin-rules
.DELETE_ON_ERROR:
.SUFFIXES:
Q := $(if $(V),,@)
# $(call say,WORD,FILE): one line for one command, unless V=1 shows the command itself.
say = @$(if $(V),,$(info $(1)	$(2)))

# $(call folder,DIR): makes it, when it is not there.
folder = @$(if $(wildcard $(1)),,mkdir -p $(1))

# ---- sources ------------------------------------------------------------------------------------

PROBES := $(sort $(wildcard probes/*.c))
MAIN := src/cli/main.c
LIB := $(filter-out $(MAIN),$(sort $(wildcard src/*/*.c))) $(PROBES)
HEADERS := $(sort $(wildcard include/lp/*.h))
LAB := $(sort $(wildcard tests/lab/*.c))
HOSTILE := $(sort $(wildcard tests/hostile/*.c))
FUZZ := $(sort $(wildcard tests/fuzz/fuzz_*.c))
# Folders whose test_*.c make one libcheck program each, and folders where each .c is a program.
SUITES := $(foreach s,unit cases scenario,$(if $(wildcard tests/$(s)/test_*.c),$(s)))
HOOK := $(BUILD)/hook.so
EVERY := $(BUILD)/every.so
TOOLS := $(sort $(wildcard tests/bench/*.c tests/system/*.c))
ALL_C := $(MAIN) $(LIB) $(sort $(wildcard tests/*/*.c))

# ---- flags --------------------------------------------------------------------------------------

LIBRARIES := libcares openssl libcurl jansson expat libidn2 libseccomp yaml-0.1 ldns
PKG_CFLAGS := $(shell pkg-config --cflags $(LIBRARIES) 2>/dev/null)
PKG_LIBS := $(shell pkg-config --libs $(LIBRARIES) 2>/dev/null)
CHECK_LIBS := $(shell pkg-config --libs check 2>/dev/null)

LANGUAGE := -std=c11 -D_GNU_SOURCE -Iinclude -DLP_VERSION='"$(VERSION)"' $(PKG_CFLAGS)
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wswitch-enum -Wstrict-prototypes \
	-Wmissing-prototypes -Wformat=2 -Wcast-align -Wundef -Wvla
WARN_GCC := -Wtrampolines -Wduplicated-cond -Wduplicated-branches -Wlogical-op \
	-Wuse-after-free=3 -Wdangling-pointer=2 -Wbidi-chars=any -Warray-bounds=2
HARDEN := -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong \
	-fstack-clash-protection -fcf-protection=full -ftrivial-auto-var-init=zero \
	-fzero-call-used-regs=used-gpr -fno-delete-null-pointer-checks -fno-strict-overflow \
	-fno-strict-aliasing -fPIE
HARDEN_LD := -pie -Wl,-z,relro,-z,now -Wl,-z,noexecstack -Wl,-z,nodlopen -Wl,-z,separate-code \
	-Wl,--as-needed
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer

CFLAGS_obj = -O2 -g $(WARN) $(HARDEN) $(CFLAGS)
LDFLAGS_obj = $(HARDEN_LD) $(LDFLAGS)
# LP_UNSANDBOXED: the worker of these builds runs as with --no-sandbox (their runtimes write files).
CFLAGS_san = -O1 -g $(WARN) $(SANITIZE) -DLP_UNSANDBOXED
LDFLAGS_san = $(SANITIZE)
CFLAGS_cov = -O0 -g $(WARN) --coverage -fprofile-update=atomic -DLP_UNSANDBOXED
LDFLAGS_cov = --coverage
CFLAGS_oom = $(CFLAGS_obj) -DLP_OOM -Werror
LDFLAGS_oom = $(LDFLAGS_obj)
# Objects that are only looked at (warnings, symbols): no PIE, or nm calls const tables data.
CFLAGS_lint = -O1 -g $(WARN) $(WARN_GCC) -Werror -fno-pie

# ---- public targets -----------------------------------------------------------------------------

.PHONY: all build help demo check check-san check-diagnosis check-lab check-hostile check-cutover \
	check-cron check-system check-share check-browser pictures check-oom check-valgrind coverage lint fuzz bench format \
	man install clean FORCE
.DEFAULT_GOAL := all

all: ## build/lyncprobe and its manual pages
	@sh tests/deps.sh --check build
	@$(MAKE) build man

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 18

demo: ## installs what is missing, builds, probes the lab inside and outside
	@sh tests/deps.sh build
	@$(MAKE) build $(BUILD)/lab/lplab
	@$(BUILD)/lab/lplab -- sh tests/demo.sh

check: ## every test that needs neither network nor root
	@sh tests/deps.sh build test
	@$(MAKE) build man $(BUILD)/lab/lplab $(HOOK) ready-obj oom-program fuzz-replay
	@$(ENV_obj) sh tests/check.sh

check-san: ## the same tests, and the lab's faults, under ASan and UBSan
	@sh tests/deps.sh build test
	@$(MAKE) $(BUILD)/lab/lplab ready-san
	@$(ENV_san) sh tests/check.sh
	@$(ENV_san) sh tests/diagnosis.sh

check-diagnosis: ## every fault of the lab: is the first finding its own?
	@sh tests/deps.sh build test
	@$(MAKE) build $(BUILD)/lab/lplab $(HOOK)
	@$(ENV_obj) sh tests/diagnosis.sh

check-lab: ## does the lab show on the wire what its fault table says?
	@sh tests/deps.sh build system
	@$(MAKE) $(BUILD)/lab/lplab
	@sh tests/lab/selftest.sh $(BUILD)/lab/lplab

check-hostile: ## some 400 hostile peers, one behaviour each: bounded, told, escaped
	@sh tests/deps.sh build test
	@$(MAKE) build $(BUILD)/lab/lplab $(BUILD)/hostile
	@$(ENV_obj) HOSTILE=$(BUILD)/hostile sh tests/hostile/run.sh

check-cutover: ## a cutover rehearsed in the lab: the plan's mistakes are found before the switch
	@sh tests/deps.sh build test
	@$(MAKE) build $(BUILD)/lab/lplab
	@$(ENV_obj) sh tests/cutover/run.sh

check-cron: ## the crontab line over a full disk, outputs that refuse, SIGTERM, two at once
	@sh tests/deps.sh build test
	@$(MAKE) build $(BUILD)/lab/lplab
	@$(ENV_obj) sh tests/cron/run.sh

check-system: ## against real servers (NSD, nginx, Kamailio, coturn, Prosody ...)
	@sh tests/deps.sh build test system
	@$(MAKE) build $(BUILD)/lab/lplab tools
	@$(ENV_obj) sh tests/system/run.sh

check-share: ## what is installed beside the program, looked at by the tools that read it
	@sh tests/deps.sh build share
	@$(MAKE) build man
	@$(ENV_obj) sh tests/share/run.sh

check-browser: ## the HTML report in headless Chromium: widths, schemes, keyboard, axe, hostile text
	@sh tests/deps.sh build test
	@$(MAKE) build
	@$(ENV_obj) sh tests/browser/run.sh test

pictures: ## docs/pictures/*.png: a healthy and a broken report
	@sh tests/deps.sh build test
	@$(MAKE) build
	@mkdir -p docs/pictures
	@$(ENV_obj) sh tests/browser/run.sh pictures docs/pictures

check-oom: ## every allocation of a walk fails once, and for ever after
	@sh tests/deps.sh build test
	@$(MAKE) build $(BUILD)/lab/lplab $(HOOK) oom-program
	@$(ENV_obj) sh tests/oom/crash.sh all
	@$(ENV_oom) sh tests/oom/run.sh all

check-valgrind: ## whole walks under valgrind
	@sh tests/deps.sh build test system
	@$(MAKE) build $(BUILD)/lab/lplab
	@$(ENV_obj) sh tests/valgrind.sh

coverage: ## line coverage of src/ and probes/ by check and check-diagnosis; under 85 % fails
	@sh tests/deps.sh build test
	@$(MAKE) $(BUILD)/lab/lplab $(HOOK) ready-cov
	@find $(BUILD)/cov -name '*.gcda' -delete
	@$(ENV_cov) sh tests/check.sh
	@$(ENV_cov) sh tests/diagnosis.sh
	@sh tests/coverage.sh $(BUILD)/cov 85

lint: ## format, warnings, clang-tidy, cppcheck, layers, bans, sizes
	@sh tests/deps.sh build test lint
	@$(MAKE) -k -Otarget lint-all

fuzz: ## each fuzz target (or those of FUZZ_ONLY) for FUZZ_SECONDS
	@sh tests/deps.sh build fuzz
	@$(MAKE) fuzz-programs
	@FUZZ_SECONDS=$(FUZZ_SECONDS) FUZZ_ONLY="$(FUZZ_ONLY)" sh tests/fuzz.sh $(BUILD)/fuzz

bench: ## latency, start-up and throughput figures
	@sh tests/deps.sh build test
	@$(MAKE) build $(BUILD)/lab/lplab tools
	@$(ENV_obj) sh tests/bench/run.sh

format: ## clang-format over every C file
	@sh tests/deps.sh lint
	clang-format -i $(HEADERS) $(ALL_C)

# bash, zsh, fish
COMPLETIONS = $(addprefix $(DESTDIR)$(PREFIX)/share/,bash-completion/completions/lyncprobe \
	zsh/vendor-completions/_lyncprobe fish/vendor_completions.d/lyncprobe.fish)

install: all ## into DESTDIR/PREFIX
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/lyncprobe
	install -m 755 $(BUILD)/lyncprobe $(DESTDIR)$(PREFIX)/bin/lyncprobe
	ln -sf lyncprobe $(DESTDIR)$(PREFIX)/bin/check_lync
	$(Q)for page in $(MAN_PAGES); do \
		to=$(DESTDIR)$(PREFIX)/share/man/man$${page##*.}; \
		install -d $$to && install -m 644 $$page $$to/ || exit 1; \
	done
	cp -R $(SHARE) $(DESTDIR)$(PREFIX)/share/lyncprobe/
	install -d $(DESTDIR)$(PREFIX)/lib/systemd/system $(dir $(COMPLETIONS))
	$(Q)for unit in share/systemd/*; do \
		sed 's|/usr/bin/lyncprobe|$(PREFIX)/bin/lyncprobe|' $$unit \
			>$(DESTDIR)$(PREFIX)/lib/systemd/system/$${unit##*/} || exit 1; \
	done
	$(Q)$(BUILD)/lyncprobe --dump-completion bash >$(word 1,$(COMPLETIONS))
	$(Q)$(BUILD)/lyncprobe --dump-completion zsh >$(word 2,$(COMPLETIONS))
	$(Q)$(BUILD)/lyncprobe --dump-completion fish >$(word 3,$(COMPLETIONS))

clean: ## removes build/
	rm -rf $(BUILD)

# ---- objects, programs and test runners of a flavour ---------------------------------------------

define newline


endef

define PROBE_LIST
/* probe_list.c - generated from the file names in probes/ */
#include "lp/probe.h"
$(foreach p,$(basename $(notdir $(PROBES))),extern const struct lp_probe lp_probe_$(p);$(newline))
const struct lp_probe *const lp_probes[] = {
$(foreach p,$(basename $(notdir $(PROBES))),    &lp_probe_$(p),$(newline))    NULL,
};
endef

# The catalogs of share/locale as one table.
CATALOGS := $(sort $(wildcard share/locale/*/LC_MESSAGES/lyncprobe.po))
define LANG_LIST
	$(call say,LANG,$@)
	@mkdir -p $(@D)
	$(Q)LC_ALL=C awk -f src/base/lang.awk $(CATALOGS) >$@
endef

# $(1): names of suites
define SUITE_LIST
/* suites.c - generated from the names of the test files */
#include <check.h>
#include <stdlib.h>
$(foreach s,$(1),Suite *lp_suite_$(s)(void);$(newline))
int main(void)
{
    SRunner *runner = srunner_create(NULL);
$(foreach s,$(1),    srunner_add_suite(runner, lp_suite_$(s)());$(newline))
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
endef

# $(1): names of fuzz targets
define REPLAY_LIST
/* replay_list.c - generated from the names of the fuzz targets */
#include <stddef.h>
#include <stdint.h>
$(foreach f,$(1),int lp_fuzz_$(f)(const uint8_t *data, size_t size);$(newline))
struct lp_replay { const char *name; int (*run)(const uint8_t *, size_t); };
extern const struct lp_replay lp_replays[];
const struct lp_replay lp_replays[] = {
$(foreach f,$(1),    { "$(f)", lp_fuzz_$(f) },$(newline))    { NULL, NULL },
};
endef

# Writes $(1) to the target, which keeps its time when nothing changed (so a deleted probe is seen).
write = @mkdir -p $(@D) && printf '%s\n' '$(subst $(newline),' ',$(subst ','\'',$(1)))' \
	>$@.new && { cmp -s $@.new $@ && rm $@.new || mv $@.new $@; }

# $(1): flavour. Objects depend on the flags that they were made with. Tests are compiled without
# optimisation: they are many, and `make check` has 50 seconds.
define FLAVOUR
$(BUILD)/$(1)/tests/%.o: QUICK := -O0 -U_FORTIFY_SOURCE
$(BUILD)/$(1)/flags: FORCE
	$$(call write,$$(CC) $$(LANGUAGE) $$(CFLAGS_$(1)) $$(LDFLAGS_$(1)))
$(BUILD)/$(1)/%.o: %.c $(BUILD)/$(1)/flags
	$$(call say,CC,$$@)
	$$(call folder,$$(@D))
	$(Q)$$(CC) $$(LANGUAGE) $$(CFLAGS_$(1)) $$(QUICK) $$(DEFINES) -MMD -MP -c -o $$@ $$<
$(BUILD)/$(1)/%.o: $(BUILD)/$(1)/%.c $(BUILD)/$(1)/flags
	$(Q)$$(CC) $$(LANGUAGE) $$(CFLAGS_$(1)) -MMD -MP -c -o $$@ $$<
$(BUILD)/$(1)/probe_list.c: FORCE
	$$(call write,$$(PROBE_LIST))
$(BUILD)/$(1)/lang_list.c: $(CATALOGS) src/base/lang.awk
	$$(LANG_LIST)
-include $$(wildcard $(BUILD)/$(1)/*/*.d $(BUILD)/$(1)/*/*/*.d)
endef
$(foreach f,obj san cov oom lint,$(eval $(call FLAVOUR,$(f))))

# $(1): flavour, $(2): its program. An archive, so that a test program holds only what it needs.
define PROGRAM
OBJECTS_$(1) := $$(LIB:%.c=$(BUILD)/$(1)/%.o) \
	$(BUILD)/$(1)/probe_list.o $(BUILD)/$(1)/lang_list.o
$(BUILD)/$(1)/liblyncprobe.a: $$(OBJECTS_$(1))
	@rm -f $$@
	@ar rcs $$@ $$^
$(2): $$(MAIN:%.c=$(BUILD)/$(1)/%.o) $(BUILD)/$(1)/liblyncprobe.a
	$$(call say,LINK,$$@)
	$(Q)$$(CC) $$(LDFLAGS_$(1)) -o $$@ $$^ $$(PKG_LIBS)
$$(foreach s,$$(SUITES),$$(eval $$(call SUITE,$(1),$$(s))))
$$(TOOLS:%.c=$(BUILD)/$(1)/%): %: %.o $(BUILD)/$(1)/liblyncprobe.a
	$$(call say,LINK,$$@)
	$(Q)$$(CC) $$(LDFLAGS_$(1)) -o $$@ $$^ $$(PKG_LIBS) -lm
# What check.sh runs in this flavour, and what it needs to know of it.
ready-$(1): $(2) $$(SUITES:%=$(BUILD)/$(1)/test-%)
ENV_$(1) = FLAVOUR=$(1) FLAVOUR_DIR=$(BUILD)/$(1) LYNCPROBE=$(2) LPLAB=$(BUILD)/lab/lplab \
	LP_HOOK=$(CURDIR)/$(HOOK)
.PHONY: ready-$(1)
endef

# $(1): flavour, $(2): suite
define SUITE
SUITE_OBJECTS_$(1)_$(2) := $$(patsubst %.c,$(BUILD)/$(1)/%.o,$$(sort $$(wildcard tests/$(2)/*.c)))
$(BUILD)/$(1)/suites-$(2).c: FORCE
	$$(call write,$$(call SUITE_LIST,$$(patsubst tests/$(2)/test_%.c,%,\
		$$(sort $$(wildcard tests/$(2)/test_*.c)))))
$(BUILD)/$(1)/test-$(2): $(BUILD)/$(1)/suites-$(2).o $$(SUITE_OBJECTS_$(1)_$(2)) \
		$(BUILD)/$(1)/liblyncprobe.a
	$$(call say,LINK,$$@)
	$(Q)$$(CC) $$(LDFLAGS_$(1)) -o $$@ $$^ $$(CHECK_LIBS) $$(PKG_LIBS)
endef

$(eval $(call PROGRAM,obj,$(BUILD)/lyncprobe))
$(eval $(call PROGRAM,san,$(BUILD)/san/lyncprobe))
$(eval $(call PROGRAM,cov,$(BUILD)/cov/lyncprobe))

.PHONY: build tools
build: $(BUILD)/lyncprobe
tools: $(TOOLS:%.c=$(BUILD)/obj/%)

# The build with failing allocations: only the files that know LP_OOM are compiled again.
OOM_SOURCES := $(shell grep -lwE "LP_OOM|lp_alloc_arm_from_environment" $(LIB) $(MAIN) 2>/dev/null)
OOM_OBJECTS := $(OOM_SOURCES:%.c=$(BUILD)/oom/%.o)
ENV_oom = FLAVOUR=oom FLAVOUR_DIR=$(BUILD)/oom LYNCPROBE=$(BUILD)/oom/lyncprobe \
	LPLAB=$(BUILD)/lab/lplab
$(BUILD)/oom/lyncprobe: $(OOM_OBJECTS) $(filter-out $(OOM_SOURCES:%.c=$(BUILD)/obj/%.o),\
		$(MAIN:%.c=$(BUILD)/obj/%.o) $(OBJECTS_obj))
	$(call say,LINK,$@)
	$(Q)$(CC) $(LDFLAGS_oom) -o $@ $^ $(PKG_LIBS)
.PHONY: oom-program
oom-program: $(BUILD)/oom/lyncprobe $(EVERY)

# The lab: the small deployment that demo and the tests probe.
$(BUILD)/lab/lplab: $(LAB:%.c=$(BUILD)/obj/%.o) $(BUILD)/obj/liblyncprobe.a
	$(call say,LINK,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(LDFLAGS_obj) -o $@ $^ $(PKG_LIBS)

# The hostile peers borrow the lab's networking.
$(BUILD)/hostile: $(filter-out %/main.o,$(LAB:%.c=$(BUILD)/obj/%.o)) \
		$(HOSTILE:%.c=$(BUILD)/obj/%.o) $(BUILD)/obj/liblyncprobe.a
	$(call say,LINK,$@)
	$(Q)$(CC) $(LDFLAGS_obj) -o $@ $^ $(PKG_LIBS)

# Preloaded by the tests: verification that crashes; a run for each allocation that fails.
$(HOOK) $(EVERY): $(BUILD)/%.so: tests/oom/%.c
	$(call say,LINK,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(LANGUAGE) -O1 $(WARN) -shared -fPIC -o $@ $< $(PKG_LIBS)

# ---- manual pages -------------------------------------------------------------------------------

MAN_GENERATED := $(patsubst man/%.in,$(BUILD)/man/%,$(wildcard man/*.in))
MAN_PAGES := $(MAN_GENERATED) $(wildcard man/*.[1-8])
SHARE := $(wildcard share/*)
man: $(MAN_GENERATED)
# What a page takes from the program's tables stands in it as @PART@.
MAN_PARTS := OPTIONS CHECK METRICS FORMATS KEYS FINDINGS
$(BUILD)/man/%: man/%.in $(BUILD)/lyncprobe
	@mkdir -p $(@D)
	$(Q)for part in $(MAN_PARTS); do \
		$(BUILD)/lyncprobe --dump-roff $$part >$(@D)/$$part.$(@F) || exit 1; \
	done
	$(Q)sed $(foreach p,$(MAN_PARTS),-e '/@$p@/{r $(@D)/$p.$(@F)' -e 'd}') \
		-e 's/@VERSION@/$(VERSION)/g' $< >$@
	@rm -f $(MAN_PARTS:%=$(@D)/%.$(@F))

# ---- fuzzing ------------------------------------------------------------------------------------

FUZZ_NAMES := $(patsubst tests/fuzz/fuzz_%.c,%,$(FUZZ))
FUZZ_FLAGS = -O1 -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -DLP_UNSANDBOXED
$(BUILD)/fuzz/%.o: %.c
	$(call say,FUZZ,$@)
	$(call folder,$(@D))
	$(Q)$(FUZZ_CC) $(LANGUAGE) $(FUZZ_FLAGS:fuzzer,%=fuzzer-no-link,%) -MMD -MP -c -o $@ $<
$(BUILD)/fuzz/probe_list.c: FORCE
	$(call write,$(PROBE_LIST))
$(BUILD)/fuzz/lang_list.c: $(CATALOGS) src/base/lang.awk
	$(LANG_LIST)
$(BUILD)/fuzz/probe_list.o $(BUILD)/fuzz/lang_list.o: %.o: %.c
	$(Q)$(FUZZ_CC) $(LANGUAGE) $(FUZZ_FLAGS:fuzzer,%=fuzzer-no-link,%) -c -o $@ $<
$(BUILD)/fuzz/liblyncprobe.a: $(LIB:%.c=$(BUILD)/fuzz/%.o) $(BUILD)/fuzz/probe_list.o \
		$(BUILD)/fuzz/lang_list.o
	@rm -f $@
	@ar rcs $@ $^
$(FUZZ_NAMES:%=$(BUILD)/fuzz/%): $(BUILD)/fuzz/%: $(BUILD)/fuzz/tests/fuzz/fuzz_%.o \
		$(BUILD)/fuzz/liblyncprobe.a
	$(call say,LINK,$@)
	$(Q)$(FUZZ_CC) $(FUZZ_FLAGS) -o $@ $^ $(PKG_LIBS)
-include $(wildcard $(BUILD)/fuzz/*/*.d $(BUILD)/fuzz/*/*/*.d)
.PHONY: fuzz-programs fuzz-replay
fuzz-programs: $(patsubst %,$(BUILD)/fuzz/%,$(or $(FUZZ_ONLY),$(FUZZ_NAMES)))

# All targets in one program without libFuzzer, so that `make check` replays the corpora.
$(FUZZ:%.c=$(BUILD)/obj/%.o): $(BUILD)/obj/tests/fuzz/fuzz_%.o: tests/fuzz/fuzz_%.c
$(foreach f,$(FUZZ_NAMES),$(eval $(BUILD)/obj/tests/fuzz/fuzz_$(f).o: \
	DEFINES := -DLLVMFuzzerTestOneInput=lp_fuzz_$(f)))
$(BUILD)/obj/replay_list.c: FORCE
	$(call write,$(call REPLAY_LIST,$(FUZZ_NAMES)))
$(BUILD)/obj/fuzz-replay: $(BUILD)/obj/replay_list.o $(BUILD)/obj/tests/fuzz/replay.o \
		$(FUZZ:%.c=$(BUILD)/obj/%.o) $(BUILD)/obj/liblyncprobe.a
	$(call say,LINK,$@)
	$(Q)$(CC) $(LDFLAGS_obj) -o $@ $^ $(PKG_LIBS)
fuzz-replay: $(if $(FUZZ),$(BUILD)/obj/fuzz-replay)


# ---- lint ---------------------------------------------------------------------------------------

LINTED := $(wildcard $(MAIN)) $(LIB)
LINT_OBJECTS := $(LINTED:%.c=$(BUILD)/lint/%.o)
SCRIPTS := $(sort $(wildcard tests/*.sh tests/*/*.sh))
LINT_TESTS := $(patsubst %.c,$(BUILD)/lint/%.o,$(sort $(wildcard tests/*/*.c)))
.PHONY: lint-all lint-format lint-warnings lint-tidy lint-cppcheck lint-layers lint-text lint-headers \
	lint-symbols lint-sizes lint-shell lint-self
lint-all: lint-format lint-warnings lint-tidy lint-cppcheck lint-layers lint-text lint-headers \
	lint-symbols lint-sizes lint-shell lint-self

lint-format:
	@sh tests/lint/format.sh

lint-warnings: $(LINT_OBJECTS) $(LINT_TESTS)
	@echo "lint warnings: $(words $^) files without a warning"

# A third of the analyzer's usual depth: half the time, the same findings.
TIDY_FLAGS = $(LANGUAGE) $(WARN) -Wcovered-switch-default \
	-Xclang -analyzer-config -Xclang max-nodes=75000
$(BUILD)/lint/%.tidy: %.c $(BUILD)/lint/%.o .clang-tidy
	$(Q)clang-tidy --quiet $< -- $(TIDY_FLAGS) >$@.log 2>&1 || { cat $@.log; exit 1; }
	@touch $@
lint-tidy: $(LINTED:%.c=$(BUILD)/lint/%.tidy)
	@echo "lint clang-tidy: $(words $^) files clean"

lint-cppcheck:
	@sh tests/lint/cppcheck.sh $(BUILD)/lint/cppcheck $(LINTED)

lint-layers:
	@sh tests/lint/layers.sh

lint-text:
	@sh tests/lint/text.sh

lint-headers:
	@sh tests/lint/headers.sh

lint-symbols: $(LINT_OBJECTS)
	@sh tests/lint/symbols.sh $(BUILD)/lint

lint-sizes:
	@sh tests/lint/sizes.sh

lint-shell:
	@shellcheck -e SC2317 .ci/run $(SCRIPTS)
	@echo "lint shellcheck: $(words $(SCRIPTS)) scripts clean"

lint-self:
	@sh tests/lint/self.sh
