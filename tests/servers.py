"""A PostgreSQL server of the tests' own, on a throwaway folder; where none can be started its tests are skipped."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text

USER = "borgerbudget"


def find_server() -> Path | None:
    """The folder with ``initdb`` and ``pg_ctl``: on the path, or where Debian puts it; None where there is none."""
    found = shutil.which("pg_ctl")
    places = [Path(found).resolve().parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "initdb").exists() and (place / "pg_ctl").exists()), None)


def unwilling() -> str | None:
    """Why no server can be started here."""
    if find_server() is None:
        return "no PostgreSQL server is installed"
    if os.geteuid() == 0 and _other_user() is None:
        return "a PostgreSQL server will not run as root, and there is no user to run it as"
    return None


def _other_user() -> pwd.struct_passwd | None:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None


@contextmanager
def server() -> Iterator[str]:
    """The URL of a running server, without a database's name, ended afterwards."""
    programs = find_server()
    assert programs is not None
    other = _other_user() if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="bb-pg-"))

    def run(program: str, *words: str) -> None:
        as_other = {} if other is None else {"user": other.pw_uid, "group": other.pw_gid, "extra_groups": []}
        subprocess.run(
            [str(programs / program), *words], check=True, capture_output=True, cwd=folder, timeout=120, **as_other
        )

    try:
        if other is not None:
            os.chown(folder, other.pw_uid, other.pw_gid)
        run("initdb", "-D", f"{folder}/data", "-A", "trust", "-U", USER, "-E", "UTF8", "--no-sync")
        # its own sockets only; a test's data may be lost with the machine
        options = f"-k {folder} -h '' -c fsync=off"
        log = f"{folder}/log"
        run("pg_ctl", "-D", f"{folder}/data", "-o", options, "-l", log, "-w", "start")
        try:
            yield f"postgresql://{USER}@/{{name}}?host={folder}"
        finally:
            run("pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def new_database(url: str, name: str) -> str:
    """The URL of a fresh database on the server."""
    engine = create_engine(url.format(name="postgres").replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    engine.dispose()
    return url.format(name=name)
