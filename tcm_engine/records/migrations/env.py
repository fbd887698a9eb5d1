"""How Alembic runs a migration: on the connection it is given, in one transaction."""

from alembic import context

from tcm_engine.records.tables import metadata

engine = context.config.attributes["engine"]
with engine.connect().execution_options(writes=True) as connection:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, transaction_per_migration=False)
    with context.begin_transaction():
        context.run_migrations()
    if connection.in_transaction():
        connection.commit()
