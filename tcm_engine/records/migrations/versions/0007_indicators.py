"""Indicators: guidance and residents of the national elderly service, and reports to employers in instalments."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_moment = sa.DateTime(timezone=True)


def _of(table: str, ondelete: str | None = "CASCADE") -> sa.Column:
    return sa.Column(f"{table}_id", sa.Integer, sa.ForeignKey(f"{table}.id", ondelete=ondelete), nullable=False, index=True)


def _owned(name: str, *columns: sa.schema.SchemaItem) -> None:
    op.create_table(name, sa.Column("id", sa.Integer, primary_key=True), _of("organisation", None), *columns)


def upgrade() -> None:
    _owned(
        "elderly_guidance",
        sa.Column("public_id", sa.String(40), nullable=False, unique=True),
        _of("assessment"),
        sa.Column("guided_on", sa.Date, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False, comment="JSON: boxes of each type, other words, who guided"),
        sa.Column("account_id", sa.Integer, nullable=True, comment="who wrote it down"),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("changed_at", _moment, nullable=False),
        sa.UniqueConstraint("assessment_id"),
    )
    _owned(
        "elderly_population",
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("area", sa.Integer, nullable=False, comment="the branch's id; 0: the whole organisation"),
        sa.Column("people", sa.Integer, nullable=False, comment="permanent residents of 65 and over"),
        sa.Column("account_id", sa.Integer, nullable=True, comment="who entered it"),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("changed_at", _moment, nullable=False),
        sa.UniqueConstraint("organisation_id", "year", "area"),
    )
    _owned(
        "employer_report",
        sa.Column("public_id", sa.String(40), nullable=False, unique=True),
        _of("campaign"),
        sa.Column("number", sa.Integer, nullable=False, comment="counts up in the campaign"),
        sa.Column("content", sa.LargeBinary, nullable=False, comment="JSON: the tables as they were given out"),
        sa.Column("account_id", sa.Integer, nullable=True, comment="who issued it"),
        sa.Column("created_at", _moment, nullable=False),
        sa.UniqueConstraint("campaign_id", "number"),
    )
    _owned("employer_report_person", _of("employer_report"), _of("campaign_person"), sa.UniqueConstraint("campaign_person_id"))


def downgrade() -> None:
    for table in ("employer_report_person", "employer_report", "elderly_population", "elderly_guidance"):
        op.drop_table(table)
