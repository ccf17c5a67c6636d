"""Stubs of the compiled module. One section a topic, in the order of ``src/python/mod.rs``."""

__version__: str

# --- supervise -------------------------------------------------------------------------------------------------------

def count_threads() -> int: ...
