"""Long work: jobs are found again by what was asked, a lease has a heartbeat, files are bound to what they were made of."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "job", sa.Column("handle", sa.LargeBinary(32), nullable=True, comment="keyed hash of all that was asked: the same is found again")
    )
    op.add_column(
        "job", sa.Column("packed", sa.Integer, nullable=False, server_default="0", comment="of what is made in one go: how far it is")
    )
    op.add_column(
        "job", sa.Column("error", sa.String(60), nullable=False, server_default="", comment="a code, where the whole came to a halt")
    )
    op.create_index("ix_job_handle", "job", ["organisation_id", "handle"], unique=True)
    op.add_column("lease", sa.Column("beat", sa.Integer, nullable=False, server_default="0", comment="counts up with every sign of life"))
    op.add_column("stored_file", sa.Column("made_of", sa.LargeBinary(32), nullable=True, comment="keyed hash of all that it was made of"))
    op.add_column(
        "stored_file", sa.Column("seal", sa.LargeBinary(16), nullable=True, comment="random; every piece of the file is bound to it")
    )
    op.create_index("ix_stored_file_made_of", "stored_file", ["made_of"])
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("lease", "expires_at", comment="for people; nothing is decided by it")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("lease", "expires_at", comment=None)
    op.drop_index("ix_stored_file_made_of", "stored_file")
    op.drop_index("ix_job_handle", "job")
    for table, column in (("stored_file", "seal"), ("stored_file", "made_of"), ("lease", "beat"), ("job", "error"), ("job", "packed")):
        op.drop_column(table, column)
    op.drop_column("job", "handle")
