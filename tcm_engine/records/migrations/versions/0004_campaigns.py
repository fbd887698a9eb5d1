"""Campaigns: a number and a half-answered form for each person, and devices that are signed into one campaign."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("campaign_person") as person:
        person.add_column(sa.Column("number", sa.Integer, nullable=True, comment="counts up in the campaign; printed on cards and forms"))
        person.add_column(sa.Column("draft", sa.LargeBinary, nullable=True, comment="JSON: the form as far as it is answered"))
        person.add_column(sa.Column("mode", sa.String(20), nullable=True, comment="link, tablet, paper or file"))
        person.add_column(sa.Column("tries", sa.Integer, nullable=True, comment="wrong answers to the question that reopens a result"))
        person.create_unique_constraint("uq_campaign_person_campaign_id_number", ["campaign_id", "number"])
    op.create_table(
        "campaign_device",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("organisation_id", sa.Integer, sa.ForeignKey("organisation.id"), nullable=False, index=True),
        sa.Column("public_id", sa.String(40), nullable=False, unique=True),
        sa.Column("campaign_id", sa.Integer, sa.ForeignKey("campaign.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("campaign_person_id", sa.Integer, sa.ForeignKey("campaign_person.id", ondelete="SET NULL"), nullable=True, index=True),
        sa.Column("handle", sa.LargeBinary(32), nullable=False, unique=True, comment="keyed hash of the device's token"),
        sa.Column("label", sa.String(80), nullable=False, comment="how staff call it"),
        sa.Column("account_id", sa.Integer, nullable=True, comment="who signed it in"),
        sa.Column("created_at", _moment, nullable=False),
        sa.Column("seen_at", _moment, nullable=False),
        sa.Column("expires_at", _moment, nullable=False),
        sa.Column("ended_at", _moment, nullable=True),
    )


def downgrade() -> None:
    op.drop_table("campaign_device")
    with op.batch_alter_table("campaign_person") as person:
        person.drop_constraint("uq_campaign_person_campaign_id_number", type_="unique")
        for column in ("tries", "mode", "draft", "number"):
            person.drop_column(column)
