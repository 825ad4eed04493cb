"""The monthly check (每月核查): what is late, missing or newly dropped since the last one, and who is told.

`run` goes the whole way; `flags` and `compare` hold what it means, as pure functions; `record` is what stays of a check
(`run.json`) and what the next one is compared with.
"""
