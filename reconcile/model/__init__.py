"""Every domain type: frozen, typed, and ready to be written as JSON. Each is imported from the module it stands in.

The flow is one way, and the modules follow it: a file becomes a `Document` of `Block`s (`documents`), a document
becomes a `Report` of `Item`s (`reports`), the items of two reports are tied by `Link`s (`links`) and judged
(`verdicts`), two reports become one `Reconciliation` (`reconciliation`), and several of those give `Thread`s
(`threads`). Every view a reader sees is drawn from these records alone.

Invariants: all types are immutable; collections are tuples; ids are functions of content, so the same file gives the
same ids on every machine.
"""
