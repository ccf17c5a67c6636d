# Everyday commands; `just` lists them. Each works by hand as well.

default:
    @just --list

# Build the extension into the active virtual environment (debug, seconds after the first time).
develop:
    maturin develop

# The kernels alone: no Python, no polars. The fast loop.
kernels *args:
    cargo test {{args}}

# The Python side against the installed extension.
test *args:
    pytest {{args}}

# Formatters.
fmt:
    cargo fmt
    ruff format .
    ruff check --fix .

# Everything that only reads.
lint:
    cargo fmt --check
    cargo clippy --all-targets -- -D warnings
    cargo clippy --all-targets --features python -- -D warnings
    ruff check .
    ruff format --check .
    mypy
    python -m mypy.stubtest duizhao._core

# Criterion sweeps of the kernels, then the comparison with peers.
bench:
    cargo bench
    python benches/compare_peers.py

# The whole check, as continuous integration runs it.
check:
    .ci/run
