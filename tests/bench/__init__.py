"""Figures, each beside its floor in the same run: ``make bench``. What they mean: ``docs/bench.md``.

rows/ ──► measure · booth · guest · photos ──► floors/ (what the same work costs with nothing around it)
"""
