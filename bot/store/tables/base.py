"""What all tables have in common: the metadata that they are in, and numbers that count up."""

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
Sequence = sa.BigInteger().with_variant(sa.Integer, "sqlite")
