"""Verdicts (判定): `items` gives every plan item of a block of matched reports its own, `rollup` adds them up.

The engine comes along with `items` alone: what only counts or shows verdicts does without it.
"""
