"""The audit trail's heads, so that a cut tail is missed; and changes of the secret key."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("organisation_id", sa.Integer, sa.ForeignKey("organisation.id"), nullable=False, index=True),
        sa.Column("number", sa.Integer, nullable=False, comment="of the organisation's last row"),
        sa.Column("digest", sa.LargeBinary(32), nullable=False, comment="that row's digest"),
        sa.Column(
            "seal", sa.LargeBinary(64), nullable=False, comment="keyed hash of organisation, number and digest, the key's id in front"
        ),
        sa.UniqueConstraint("organisation_id"),
    )
    op.create_table(
        "key_rotation",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("organisation_id", sa.Integer, sa.ForeignKey("organisation.id"), nullable=False, index=True),
        sa.Column("key_id", sa.LargeBinary(4), nullable=False, unique=True, comment="id of the key that everything is sealed with anew"),
        sa.Column("started_at", _moment, nullable=False),
        sa.Column("stage", sa.String(40), nullable=False, comment="table that is worked on; done where nothing is left"),
        sa.Column("position", sa.Integer, nullable=False, comment="last row of that table that is done"),
        sa.Column("ended_at", _moment, nullable=True),
    )


def downgrade() -> None:
    op.drop_table("key_rotation")
    op.drop_table("audit_head")
