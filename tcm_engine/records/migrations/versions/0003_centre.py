"""The centre: branches, sign-in and sessions; client records; campaigns; long work, stored files and the audit trail."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_moment = sa.DateTime(timezone=True)
_handle = sa.LargeBinary(32)
TABLES = (
    "branch",
    "account_password",
    "sign_in_link",
    "sign_in_failure",
    "session",
    "organisation_setting",
    "client",
    "client_version",
    "client_index",
    "measurement",
    "consent",
    "follow_up",
    "campaign",
    "campaign_person",
    "roster_import",
    "column_mapping",
    "stored_file",
    "job",
    "job_item",
    "lease",
    "audit",
)
"""In the order in which they are made."""


def upgrade() -> None:
    _people()
    _clients()
    _campaigns()
    _work()
    _add_only("audit")


def downgrade() -> None:
    """Self-tests, organisations, accounts and tokens stay; what a centre kept is lost."""
    _drop_triggers("audit")
    with op.batch_alter_table("plan") as plan:
        plan.drop_constraint("uq_plan_public_id", type_="unique")
        plan.drop_column("public_id")
    with op.batch_alter_table("assessment") as assessment:
        assessment.drop_constraint("fk_assessment_client_id_client", type_="foreignkey")
        assessment.drop_constraint("uq_assessment_public_id", type_="unique")
        assessment.drop_index("ix_assessment_client_id")
        for column in ("client_id", "public_id", "assessed_on"):
            assessment.drop_column(column)
    with op.batch_alter_table("account") as account:
        account.drop_constraint("fk_account_branch_id_branch", type_="foreignkey")
        account.drop_index("ix_account_branch_id")
        for column in ("branch_id", "profile", "password_hash", "password_set_at", "second_factor", "second_factor_step"):
            account.drop_column(column)
    for table in reversed(TABLES):
        op.drop_table(table)


def _people() -> None:
    _owned(
        "branch",
        sa.Column("public_id", sa.String(40), nullable=False, unique=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("created_at", _moment, nullable=False),
        sa.Column("closed_at", _moment, nullable=True),
    )
    with op.batch_alter_table("account") as account:
        account.add_column(sa.Column("branch_id", sa.Integer, nullable=True, comment="empty: the whole organisation"))
        account.add_column(sa.Column("profile", sa.LargeBinary, nullable=True, comment="JSON: name, title, licence number"))
        account.add_column(sa.Column("password_hash", sa.String(200), nullable=True, comment="argon2id; empty: nobody can sign in with it"))
        account.add_column(sa.Column("password_set_at", _moment, nullable=True))
        account.add_column(
            sa.Column("second_factor", sa.LargeBinary, nullable=True, comment="JSON: secret of the second factor, hashes of recovery codes")
        )
        account.add_column(sa.Column("second_factor_step", sa.Integer, nullable=True, comment="last time step taken: a code works once"))
        account.create_index("ix_account_branch_id", ["branch_id"])
        account.create_foreign_key("fk_account_branch_id_branch", "branch", ["branch_id"], ["id"])
    _owned(
        "account_password",
        sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("hash", sa.String(200), nullable=False, comment="argon2id of an earlier password"),
        sa.Column("set_at", _moment, nullable=False),
    )
    _owned(
        "sign_in_link",
        sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("handle", _handle, nullable=False, unique=True, comment="keyed hash of the link's token"),
        sa.Column("purpose", sa.String(20), nullable=False, comment="set_up or reset"),
        sa.Column("created_at", _moment, nullable=False),
        sa.Column("expires_at", _moment, nullable=False),
        sa.Column("used_at", _moment, nullable=True),
    )
    _owned(
        "sign_in_failure",
        sa.Column("handle", _handle, nullable=False, unique=True, comment="keyed hash of what is counted: a login, an address"),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last_at", _moment, nullable=False),
        sa.Column("locked_until", _moment, nullable=True),
    )
    _owned(
        "session",
        sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("public_id", sa.String(40), nullable=False, unique=True),
        sa.Column("handle", _handle, nullable=False, unique=True, comment="keyed hash of the cookie's token"),
        sa.Column("device", sa.String(80), nullable=False, comment="kind of browser, for recognition"),
        sa.Column("created_at", _moment, nullable=False),
        sa.Column("seen_at", _moment, nullable=False),
        sa.Column("expires_at", _moment, nullable=False, index=True),
        sa.Column("second_factor_at", _moment, nullable=True, comment="empty: the second factor is still to come"),
        sa.Column("revoked_at", _moment, nullable=True),
    )
    _owned(
        "organisation_setting",
        sa.Column("content", sa.LargeBinary, nullable=False, comment="JSON"),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("changed_at", _moment, nullable=False),
        sa.UniqueConstraint("organisation_id"),
    )


def _clients() -> None:
    _owned(
        "client",
        sa.Column("public_id", sa.String(40), nullable=False, unique=True),
        sa.Column("branch_id", sa.Integer, sa.ForeignKey("branch.id"), nullable=True, index=True),
        sa.Column("content", sa.LargeBinary, nullable=False, comment="JSON: identity, contacts, profile"),
        sa.Column("version", sa.Integer, nullable=False, comment="counts up with every change"),
        sa.Column("merged_into_id", sa.Integer, sa.ForeignKey("client.id"), nullable=True, index=True),
        sa.Column("created_at", _moment, nullable=False),
        sa.Column("changed_at", _moment, nullable=False),
    )
    _owned(
        "client_version",
        sa.Column("client_id", sa.Integer, sa.ForeignKey("client.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False, comment="JSON, as it was in that version"),
        sa.Column("account_id", sa.Integer, nullable=True, comment="who wrote it"),
        sa.Column("at", _moment, nullable=False),
        sa.UniqueConstraint("client_id", "version"),
    )
    _owned(
        "client_index",
        sa.Column("client_id", sa.Integer, sa.ForeignKey("client.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("kind", sa.String(20), nullable=False, comment="name, initials, phone, id_number, code"),
        sa.Column("handle", _handle, nullable=False, comment="keyed hash of organisation, kind and value"),
        sa.Index("ix_client_index_search", "organisation_id", "kind", "handle"),
    )
    _owned(
        "measurement",
        sa.Column("public_id", sa.String(40), nullable=False, unique=True),
        sa.Column("client_id", sa.Integer, sa.ForeignKey("client.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("taken_on", sa.Date, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False, comment="JSON: code -> number, and where it comes from"),
        sa.Column("account_id", sa.Integer, nullable=True, comment="who entered it"),
        sa.Column("created_at", _moment, nullable=False),
        sa.Column("removed_at", _moment, nullable=True, comment="entered by mistake"),
    )
    _owned(
        "consent",
        sa.Column("public_id", sa.String(40), nullable=False, unique=True),
        sa.Column("client_id", sa.Integer, sa.ForeignKey("client.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("purpose", sa.String(30), nullable=False),
        sa.Column("text_version", sa.String(40), nullable=False),
        sa.Column("means", sa.String(20), nullable=False, comment="how it was given: paper, tablet, link, staff"),
        sa.Column("account_id", sa.Integer, nullable=True, comment="who took it down; empty: the client"),
        sa.Column("given_at", _moment, nullable=False),
        sa.Column("withdrawn_at", _moment, nullable=True),
    )
    _owned(
        "follow_up",
        sa.Column("public_id", sa.String(40), nullable=False, unique=True),
        sa.Column("client_id", sa.Integer, sa.ForeignKey("client.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False, comment="contact, reassessment or referral"),
        sa.Column("state", sa.String(20), nullable=False, comment="due, done or cancelled"),
        sa.Column("done_on", sa.Date, nullable=True),
        sa.Column("content", sa.LargeBinary, nullable=False, comment="JSON: way, tier, outcome, note"),
        sa.Column("account_id", sa.Integer, nullable=True, comment="who made it"),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", _moment, nullable=False),
    )
    with op.batch_alter_table("assessment") as assessment:
        assessment.add_column(sa.Column("client_id", sa.Integer, nullable=True))
        assessment.add_column(sa.Column("public_id", sa.String(40), nullable=True, comment="the id itself, of a centre's assessments"))
        assessment.add_column(sa.Column("assessed_on", sa.Date, nullable=True, comment="of a centre's assessments"))
        assessment.create_index("ix_assessment_client_id", ["client_id"])
        assessment.create_unique_constraint("uq_assessment_public_id", ["public_id"])
        assessment.create_foreign_key("fk_assessment_client_id_client", "client", ["client_id"], ["id"], ondelete="CASCADE")
    with op.batch_alter_table("plan") as plan:
        plan.add_column(sa.Column("public_id", sa.String(40), nullable=True, comment="the id itself, of a centre's plans"))
        plan.create_unique_constraint("uq_plan_public_id", ["public_id"])


def _campaigns() -> None:
    _owned(
        "campaign",
        sa.Column("public_id", sa.String(40), nullable=False, unique=True),
        sa.Column("branch_id", sa.Integer, sa.ForeignKey("branch.id"), nullable=True, index=True),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("employer", sa.String(120), nullable=False, comment="the company or village; may be empty"),
        sa.Column("instrument", sa.String(60), nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date, nullable=False),
        sa.Column("state", sa.String(20), nullable=False, comment="preparing, open or closed"),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("account_id", sa.Integer, nullable=True, comment="who made it"),
        sa.Column("created_at", _moment, nullable=False),
    )
    _owned(
        "campaign_person",
        sa.Column("public_id", sa.String(40), nullable=False, unique=True),
        sa.Column("campaign_id", sa.Integer, sa.ForeignKey("campaign.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("client_id", sa.Integer, sa.ForeignKey("client.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("unit", sa.LargeBinary, nullable=True, comment="department, team or village group"),
        sa.Column("invitation", sa.LargeBinary, nullable=True, comment="the link's token, to print it again"),
        sa.Column("invitation_handle", _handle, nullable=True, unique=True, comment="keyed hash of the link's token"),
        sa.Column("state", sa.String(20), nullable=False, comment="missing, started, done or review"),
        sa.Column("assessment_id", sa.Integer, sa.ForeignKey("assessment.id", ondelete="SET NULL"), nullable=True, index=True),
        sa.Column("plan_id", sa.Integer, sa.ForeignKey("plan.id", ondelete="SET NULL"), nullable=True, index=True),
        sa.Column("done_at", _moment, nullable=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.UniqueConstraint("campaign_id", "client_id"),
    )
    _owned(
        "roster_import",
        sa.Column("public_id", sa.String(40), nullable=False, unique=True),
        sa.Column("campaign_id", sa.Integer, sa.ForeignKey("campaign.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("file_handle", _handle, nullable=False, comment="keyed hash of the file's bytes: the same file is known again"),
        sa.Column("content", sa.LargeBinary, nullable=False, comment="JSON: rows as read, mapping, faults"),
        sa.Column("state", sa.String(20), nullable=False, comment="preview, imported or dropped"),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("faulty", sa.Integer, nullable=False),
        sa.Column("account_id", sa.Integer, nullable=True),
        sa.Column("created_at", _moment, nullable=False),
    )
    _owned(
        "column_mapping",
        sa.Column("handle", _handle, nullable=False, comment="keyed hash of the header row"),
        sa.Column("content", sa.LargeBinary, nullable=False, comment="JSON: heading -> field"),
        sa.Column("changed_at", _moment, nullable=False),
        sa.UniqueConstraint("organisation_id", "handle"),
    )


def _work() -> None:
    _owned(
        "stored_file",
        sa.Column("public_id", sa.String(40), nullable=False, unique=True),
        sa.Column("handle", _handle, nullable=False, comment="keyed hash of organisation and content"),
        sa.Column("path", sa.String(120), nullable=False, comment="below the folder of stored files"),
        sa.Column("kind", sa.String(30), nullable=False, comment="plan_pdf, archive, report …"),
        sa.Column("size", sa.Integer, nullable=False, comment="bytes of the content"),
        sa.Column("created_at", _moment, nullable=False),
        sa.Column("expires_at", _moment, nullable=True, index=True),
        sa.UniqueConstraint("organisation_id", "handle"),
    )
    _owned(
        "job",
        sa.Column("public_id", sa.String(40), nullable=False, unique=True),
        sa.Column("campaign_id", sa.Integer, sa.ForeignKey("campaign.id", ondelete="CASCADE"), nullable=True, index=True),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False, comment="JSON: what was asked for"),
        sa.Column("state", sa.String(20), nullable=False, comment="waiting, running, stopped, done or failed"),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("account_id", sa.Integer, nullable=True, comment="who asked for it"),
        sa.Column("created_at", _moment, nullable=False),
        sa.Column("started_at", _moment, nullable=True),
        sa.Column("ended_at", _moment, nullable=True),
        sa.Column("stop_asked_at", _moment, nullable=True),
    )
    _owned(
        "job_item",
        sa.Column("job_id", sa.Integer, sa.ForeignKey("job.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("key", sa.String(80), nullable=False, comment="the same thing has the same key: it is never done twice"),
        sa.Column("state", sa.String(20), nullable=False, comment="waiting, done or failed"),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("error", sa.String(60), nullable=False, comment="a code; empty where there is none"),
        sa.Column("stored_file_id", sa.Integer, sa.ForeignKey("stored_file.id", ondelete="SET NULL"), nullable=True, index=True),
        sa.Column("ended_at", _moment, nullable=True),
        sa.UniqueConstraint("job_id", "key"),
        sa.Index("ix_job_item_state", "job_id", "state"),
    )
    _owned(
        "lease",
        sa.Column("name", sa.String(40), nullable=False, unique=True),
        sa.Column("holder", sa.String(80), nullable=False),
        sa.Column("expires_at", _moment, nullable=False),
    )
    _owned(
        "audit",
        sa.Column("number", sa.Integer, nullable=False, comment="counts up in the organisation, without gaps"),
        sa.Column("at", _moment, nullable=False),
        sa.Column("actor", sa.String(60), nullable=False, comment="account:ID, token:ID, client, or system"),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(30), nullable=False, comment="kind of what it was done to"),
        sa.Column("subject_id", sa.String(40), nullable=False, comment="its public id; may be empty"),
        sa.Column("detail", sa.Text, nullable=False, comment="JSON: codes and numbers, no personal data"),
        sa.Column("digest", _handle, nullable=False),
        sa.Column("seal", sa.LargeBinary(64), nullable=False, comment="keyed hash of the digest, the key's id in front"),
        sa.UniqueConstraint("organisation_id", "number"),
    )


def _add_only(table: str) -> None:
    """Triggers that refuse to change or delete what was written."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE FUNCTION {table}_add_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{table} rows are only added'; END $$"
        )
        op.execute(f"CREATE TRIGGER {table}_add_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_add_only()")
        return
    for what in ("UPDATE", "DELETE"):
        refuse = f"SELECT RAISE(ABORT, '{table} rows are only added')"
        op.execute(f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} BEGIN {refuse}; END")


def _drop_triggers(table: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP TRIGGER {table}_add_only ON {table}")
        op.execute(f"DROP FUNCTION {table}_add_only()")
        return
    for what in ("update", "delete"):
        op.execute(f"DROP TRIGGER {table}_no_{what}")


def _owned(name: str, *columns: sa.schema.SchemaItem) -> None:
    """A table whose rows belong to an organisation."""
    owner = sa.Column("organisation_id", sa.Integer, sa.ForeignKey("organisation.id"), nullable=False, index=True)
    op.create_table(name, sa.Column("id", sa.Integer, primary_key=True), owner, *columns)
