from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from hamsafar.accounts.models import User

WRITERS, ROUNDS = 24, 12


@pytest.mark.django_db(transaction=True)
def test_many_writers_lose_nothing() -> None:
    """Read-modify-write by many threads at once: every increment counts, nobody meets a locked database."""
    user = User.objects.create_user("counter@example.org", None, name="0")
    problems: list[Exception] = []

    def write() -> None:
        try:
            for _ in range(ROUNDS):
                with transaction.atomic():
                    row = User.objects.select_for_update().get(id=user.id)
                    row.name = str(int(row.name) + 1)
                    row.save(update_fields=["name"])
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    user.refresh_from_db()
    assert int(user.name) == WRITERS * ROUNDS


@pytest.mark.django_db(transaction=True)
def test_a_failed_transaction_gives_the_lock_back() -> None:
    @transaction.atomic
    def fail() -> None:
        User.objects.create_user("gone@example.org", None, name="x")
        raise ZeroDivisionError

    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            fail()
    done = threading.Event()

    def write() -> None:
        with transaction.atomic():
            User.objects.create_user("stays@example.org", None, name="x")
        connection.close()
        done.set()

    thread = threading.Thread(target=write)
    thread.start()
    thread.join(timeout=10)
    assert done.is_set()
    assert list(User.objects.values_list("email", flat=True)) == ["stays@example.org"]
