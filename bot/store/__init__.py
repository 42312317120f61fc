"""The store: one row a job, one statement a transition, on SQLite or PostgreSQL.

The reasons and the measurements behind it stand in ``docs/decisions/0001-store.md``.
"""
