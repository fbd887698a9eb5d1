"""Client records: what a merge moved, and files of other systems that are being imported."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "client_merge",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("organisation_id", sa.Integer, sa.ForeignKey("organisation.id"), nullable=False, index=True),
        sa.Column("public_id", sa.String(40), nullable=False, unique=True),
        sa.Column("survivor_id", sa.Integer, sa.ForeignKey("client.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("merged_id", sa.Integer, sa.ForeignKey("client.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("moved", sa.Text, nullable=False, comment="JSON: table -> numbers of the rows that moved"),
        sa.Column("account_id", sa.Integer, nullable=True, comment="who merged"),
        sa.Column("created_at", _moment, nullable=False),
        sa.Column("undone_at", _moment, nullable=True),
    )
    op.create_table(
        "client_import",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("organisation_id", sa.Integer, sa.ForeignKey("organisation.id"), nullable=False, index=True),
        sa.Column("public_id", sa.String(40), nullable=False, unique=True),
        sa.Column("file_handle", sa.LargeBinary(32), nullable=False, index=True, comment="keyed hash of the file: it is known again"),
        sa.Column("content", sa.LargeBinary, nullable=False, comment="JSON: rows as read, columns, faults"),
        sa.Column("state", sa.String(20), nullable=False, comment="preview, imported or dropped"),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("faulty", sa.Integer, nullable=False),
        sa.Column("account_id", sa.Integer, nullable=True),
        sa.Column("created_at", _moment, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("client_import")
    op.drop_table("client_merge")
