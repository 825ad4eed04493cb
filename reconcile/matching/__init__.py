"""Which items speak of the same work: links from plan items to completions and to the next plan.

`block.match` compares the plan items of one report with the completions and the plan items of the next, all with all,
and gives the scores; what is accepted is chosen over the whole block at once in `choose`.
"""
