"""Accounts of organisations, and their API tokens."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_moment = sa.DateTime(timezone=True)
_ROLES = "'client', 'operator', 'practitioner', 'manager', 'administrator', 'auditor'"


def upgrade() -> None:
    _owned(
        "account",
        sa.Column("login", sa.String(60), nullable=False, comment="lower case"),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("created_at", _moment, nullable=False),
        sa.Column("disabled_at", _moment, nullable=True, comment="from then on none of its tokens is taken"),
        sa.UniqueConstraint("organisation_id", "login"),
        sa.CheckConstraint(f"role IN ({_ROLES})", name="known_role"),
    )
    _owned(
        "api_token",
        sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("handle", sa.LargeBinary(32), nullable=False, unique=True, comment="keyed hash of the token"),
        sa.Column("last_four", sa.String(4), nullable=False, comment="for recognition"),
        sa.Column("label", sa.String(60), nullable=False),
        sa.Column("created_at", _moment, nullable=False),
        sa.Column("expires_at", _moment, nullable=False),
        sa.Column("revoked_at", _moment, nullable=True),
    )


def downgrade() -> None:
    """Organisations and what they keep stay; nobody can reach it until accounts are made again."""
    for table in ("api_token", "account"):
        op.drop_table(table)


def _owned(name: str, *columns: sa.schema.SchemaItem) -> None:
    """A table whose rows belong to an organisation."""
    owner = sa.Column("organisation_id", sa.Integer, sa.ForeignKey("organisation.id"), nullable=False, index=True)
    op.create_table(name, sa.Column("id", sa.Integer, primary_key=True), owner, *columns)
