"""What short Chinese texts of reports say: pure functions over strings, their rules in TOML files beside them.

tokens: words, character pairs, boilerplate, background weights · tasks: an entry's tasks · distinct: what tells alike
texts apart · aspect: done, under way, not done, and why · quantities, measures: figures, and figures against targets ·
dates: times, deadlines, windows · standing: recurring work · stages: how far work has come on its ladder.

All spans are offsets into the text given.
"""
