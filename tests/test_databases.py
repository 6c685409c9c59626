"""What every other test stands on: a fresh database of its own, on SQLite and on PostgreSQL."""

from __future__ import annotations

import pytest

from storage.database import insert, open_database, table_of
from storage.models import Contact, Person

PERSON = table_of(Person)
CONTACT = table_of(Contact)


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_starts_without_rows_and_with_number_1(database, turn):
    row = {"name": f"Lan {turn}", "full_time": False, "address_form": "dong_chi", "phone": ""}
    with database.begin() as db:
        number = db.execute(insert(PERSON, db).values(row).returning(PERSON.c.id)).scalar()
    with database.read() as db:
        assert (number, len(db.execute(PERSON.select()).all())) == (1, 1)


def test_a_connection_left_open_by_one_test_does_not_stop_the_next(
    postgresql_url, postgresql_tables, request
):
    forgotten = open_database(postgresql_url).engine.connect()
    forgotten.exec_driver_sql("LOCK TABLE person")
    with postgresql_tables.begin() as db:
        db.exec_driver_sql("SET LOCAL lock_timeout = '2s'")
        db.exec_driver_sql("SELECT empty_tables()")
    forgotten.invalidate()


def test_postgresql_is_the_real_one(postgresql_tables):
    with postgresql_tables.connect() as db:
        assert "PostgreSQL" in db.exec_driver_sql("SELECT version()").scalar()
