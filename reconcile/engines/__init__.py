"""Many reports at once: over the processes of one machine (`local`) or over a cluster (`spark`).

Both call the one pure function, `reconcile.pipeline.reconcile`, and both give the rows of `rows`.
"""
