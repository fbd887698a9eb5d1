"""Organisations, and what self-tests keep: drafts, assessments, plans, remembered requests."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_moment = sa.DateTime(timezone=True)
_handle = sa.LargeBinary(32)


def upgrade() -> None:
    organisation = op.create_table(
        "organisation",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("code", sa.String(60), nullable=False, unique=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("created_at", _moment, nullable=False),
    )
    _owned(
        "draft",
        sa.Column("handle", _handle, nullable=False, unique=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("created_at", _moment, nullable=False),
        sa.Column("expires_at", _moment, nullable=False, index=True),
    )
    _owned(
        "assessment",
        sa.Column("handle", _handle, nullable=False, unique=True),
        sa.Column("instrument", sa.String(60), nullable=False),
        sa.Column("edition", sa.String(60), nullable=False),
        sa.Column("person", sa.LargeBinary, nullable=False, comment="JSON: name and profile"),
        sa.Column("result", sa.LargeBinary, nullable=False, comment="JSON: the assessment with its answers"),
        sa.Column("engine_version", sa.String(60), nullable=False),
        sa.Column("knowledge_version", sa.String(64), nullable=False),
        sa.Column("created_at", _moment, nullable=False),
        sa.Column("expires_at", _moment, nullable=True, index=True, comment="empty: kept until it is removed"),
    )
    _owned(
        "plan",
        _belongs_to("assessment", nullable=False),
        sa.Column("handle", _handle, nullable=False, unique=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False, comment="JSON: the plan, and the id and language it was asked with"),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("created_at", _moment, nullable=False),
        sa.Column("expires_at", _moment, nullable=True, index=True, comment="empty: kept until it is removed"),
    )
    _owned(
        "idempotency_key",
        sa.Column("handle", _handle, nullable=False, unique=True, comment="keyed hash of caller and key"),
        sa.Column("request", _handle, nullable=False, comment="keyed hash of the request's body"),
        sa.Column("token", sa.LargeBinary, nullable=False, comment="public id of the record that was made"),
        _belongs_to("assessment", nullable=True),
        _belongs_to("plan", nullable=True),
        sa.Column("expires_at", _moment, nullable=False, index=True),
        sa.CheckConstraint("(assessment_id IS NULL) <> (plan_id IS NULL)", name="one_record"),
    )
    # The id comes from the sequence: an explicit one would leave PostgreSQL's sequence behind.
    op.bulk_insert(organisation, [{"code": "public", "name": "Public self-tests", "created_at": datetime.now(UTC)}])


def downgrade() -> None:
    for table in ("idempotency_key", "plan", "assessment", "draft", "organisation"):
        op.drop_table(table)


def _owned(name: str, *columns: sa.schema.SchemaItem) -> None:
    """A table whose rows belong to an organisation."""
    owner = sa.Column("organisation_id", sa.Integer, sa.ForeignKey("organisation.id"), nullable=False, index=True)
    op.create_table(name, sa.Column("id", sa.Integer, primary_key=True), owner, *columns)


def _belongs_to(table: str, *, nullable: bool) -> sa.Column[int]:
    return sa.Column(f"{table}_id", sa.Integer, sa.ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=nullable, index=True)
