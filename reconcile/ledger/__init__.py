"""The ledger (台账): every report, every verdict and every judgement, kept for years.

`store` is the façade; `database` and `tables` the ground it stands on; `reports`, `runs` and `judgements` what is kept.
"""
