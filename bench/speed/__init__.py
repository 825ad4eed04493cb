"""How fast, how much memory, and how both grow: `python -m bench.speed`, or `make bench`."""
