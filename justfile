# One recipe per gate; `.ci/run` runs them all, in the order of `gates`.

# Lists the recipes.
default:
    @just --list --unsorted

# Every gate.
gates: test services fmt clippy doc features deny cost fuzz quickstart

# The tests, those of `tests/ui` among them.
test:
    cargo test --features full

# Scenes against real systems, which are built once and kept in the cache.
services:
    bash .ci/services

# The layout of the code.
fmt:
    cargo fmt --all --check

# Lints, warnings of the compiler and the MSRV.
clippy:
    cargo clippy --workspace --all-targets --all-features -- -D warnings
    cargo clippy --test services --all-features -- -D warnings

# The reference, every link in it.
doc:
    RUSTDOCFLAGS=-Dwarnings cargo doc --workspace --no-deps --all-features

# Each feature alone, and none.
features:
    bash .ci/features

# Licences, sources and duplicates of what we depend on.
deny:
    cargo deny --workspace check bans licenses sources

# Instructions and allocations of a call, held to those of the same call by hand.
cost:
    cargo bench --bench cost

# Any bytes from a server, on the nightly toolchain: from the same seed each time, or on from the last search for SECONDS.
fuzz *SECONDS:
    bash .ci/fuzz {{SECONDS}}

# The first thing a reader runs.
quickstart:
    cargo run --example quickstart

# Instructions and time of a pick, beside tower's balancers; its times take a quiet machine.
pick:
    cargo bench --bench pick

# What reading the registry of Eureka costs, beside serde_json's `Value`.
registry:
    cargo bench --bench registry

# What publishing an event costs, beside rdkafka and serde_json; its rates take a quiet machine, and FEIGN_KAFKA a broker.
publish:
    cargo bench --bench publish

# Compile time of declared methods beside that of the same calls by hand; no gate, it takes a quiet machine.
compile:
    cargo bench --bench compile

# Writes the expected messages of `tests/ui` anew; read the diff.
bless:
    TRYBUILD=overwrite cargo test -p feign-ui-tests
