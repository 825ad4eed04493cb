"""How good the links and verdicts are on organisations nobody tuned for: `python -m bench.quality evaluate`."""
