"""A ZIP of ten thousand plans has more than 2 GiB: its size needs eight bytes. SQLite's whole numbers have them already."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _resize(sa.Integer(), sa.BigInteger())


def downgrade() -> None:
    _resize(sa.BigInteger(), sa.Integer())


def _resize(before: sa.types.TypeEngine[int], after: sa.types.TypeEngine[int]) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("stored_file", "size", existing_type=before, type_=after, existing_nullable=False)
