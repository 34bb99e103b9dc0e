"""Faults of a build: killed, at the same time as another, on a full disk, by a wrong clock."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from faulted_store import LEAFLET, Faulted, Outcome, Ran, clean, left_over, pointer, run

YEAR = 365 * 24 * 60 * 60
_CLOCK = """
import sys, time
really, back = time.time, float(sys.argv[1])
time.time = lambda: really() - back
sys.argv = sys.argv[2:]
"""
_AS_MODULE = "import runpy; runpy.run_module(sys.argv[0], run_name='__main__', alter_sys=True)"


def killed_builds(faulted: Faulted, tries: int, random: Random) -> Outcome:
    """Kill the builder at random points; the store must be the old one or the new one, whole."""
    began = time.monotonic()
    faulted.build(1)
    longest = time.monotonic() - began
    lost, now, new, left, finished = [], 1, 0, 0, 0
    for variant in range(2, tries + 2):
        process = faulted.start(variant)
        try:
            process.wait(random.uniform(0, longest))
            finished += 1
        except subprocess.TimeoutExpired:
            process.kill()
        process.communicate()
        left += bool(left_over(faulted.store))
        wrong = faulted.wrong(now, variant)
        if wrong:
            lost.append(f"try {variant - 1}: {wrong}")
            faulted.build(variant)
            now = variant
        elif faulted.held == variant:
            now, new = variant, new + 1
    ran = faulted.build(tries + 2)
    wrong = faulted.wrong(tries + 2) or ", ".join(left_over(faulted.store))
    if ran.code or wrong:
        lost.append(f"the build after them: {ran.said[-200:]} {wrong}")
    return Outcome(
        "killed-builds",
        "kill -9 of a build, at random points",
        tries,
        lost,
        f"the new store {new} times, the old one {tries - new}; {finished} builds had ended "
        f"before; {left} left half a store behind, which the next build removed",
    )


def two_builds(faulted: Faulted, tries: int, random: Random) -> Outcome:
    """Build two variants at once, while the store is read; one of them must be there, whole."""
    lost, readings = [], 0
    for number in range(tries):
        before, *variants = range(3 * number + 1, 3 * number + 4)
        faulted.build(before)
        first = faulted.start(variants[0], "data")
        time.sleep(random.uniform(0, 1))
        second = faulted.start(variants[1], "other data")
        wrong = ""
        while first.poll() is None or second.poll() is None:
            wrong = wrong or faulted.wrong(before, *variants)
            readings += 1
        said = [process.communicate()[1].decode() for process in (first, second)]
        if first.returncode or second.returncode:
            wrong = wrong or " ".join(said)[-300:]
        wrong = wrong or faulted.wrong(*variants) or ", ".join(left_over(faulted.store))
        if wrong:
            lost.append(f"try {number + 1}: {wrong}")
    return Outcome(
        "two-builds",
        "two builds of one store at the same time",
        tries,
        lost,
        f"the store was opened {readings} times meanwhile, always whole",
    )


def full_disk(faulted: Faulted, tries: int, random: Random) -> Outcome:
    """Fill the disk of a store, with less room than a build needs; the old store must stay."""
    lost, how = [], "a small tmpfs"
    with small_disk(faulted.folder / "disk", 320) as disk:
        if disk is None:
            how = "a limit on the size of files, as no file system could be mounted"
        store = (disk or faulted.folder) / "full"
        shutil.copytree(faulted.store, store)
        faulted.build(0, store=store)
        size = sum(known.size for known in pointer(store).files.values())
        for number in range(1, tries + 1):
            room = int(random.uniform(0, 0.9) * size)
            if disk is None:
                room //= 100  # a limit on each file, of which there are many
            before = _names(store)
            with _room(disk, room):
                ran = faulted.build(number, _limited(disk, room), store)
                wrong = ran.refused("cannot be written", "Free some space")
                wrong = wrong or faulted.wrong(0, store=store) or ", ".join(left_over(store))
            gone = before - _names(store)
            if wrong or gone:
                lost.append(f"with {room:,} bytes: {wrong or f'gone: {gone}'}")
        ran = faulted.build(tries + 1, store=store)
        wrong = faulted.wrong(tries + 1, store=store)
        if wrong:
            lost.append(f"with space again: {wrong} {ran.said[-200:]}")
        shutil.rmtree(store)
    text = "a disk that fills while a store is built"
    return Outcome("full-disk-build", text, tries, lost, f"with {how}; exit code 2, one line")


def full_disk_export(faulted: Faulted, tries: int, random: Random) -> Outcome:
    """Fill the disk to which tables are exported; no part of a file must be left."""
    lost = []
    forms = ("csv", "xlsx", "json", "html")
    with small_disk(faulted.folder / "disk", 4) as disk:
        place = disk or faulted.folder
        for number in range(tries):
            form = forms[number % len(forms)]
            room = random.randrange(0, 12_000)
            file = place / f"gaps.{form}"
            file.write_bytes(b"of before")
            with _room(disk, room):
                to_file, to_stream = _exports(faulted.store, form, file, disk, room)
            wrong = to_file.refused("cannot be written", "space")
            if file.read_bytes() != b"of before":
                wrong = "the file of before is gone"
            wrong = wrong or to_stream.refused("not whole", "Free some space")
            wrong = wrong or ", ".join(path.name for path in place.glob(".gaps.*"))
            if wrong:
                lost.append(f"{form} with {room:,} bytes: {wrong}")
            file.unlink()
    text = "a disk that fills while a report is exported"
    seen = "to a file: what was there stays; to standard output: exit code 2, one line"
    return Outcome("full-disk-export", text, tries, lost, seen)


def _exports(store: Path, form: str, file: Path, disk: Path | None, room: int) -> tuple[Ran, Ran]:
    """Export a report to a file, and to standard output with the same room."""
    asked = ("assess", "--store", store, "--format", form)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    stream = file.with_suffix(".out")
    if disk is None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        to_file = run(*asked, "--output", file)
        with stream.open("wb") as out:
            to_stream = run(*asked, stdout=out.fileno())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
        stream.unlink(missing_ok=True)
    return to_file, to_stream


def wrong_clocks(faulted: Faulted, tries: int, random: Random) -> Outcome:
    """Set clocks and the times of files back and on; what is built must be what is there."""
    del random
    lost = []
    for number in range(tries):
        back = (1, -1)[number // 4 % 2] * YEAR * (number + 1)
        what = ("clock", "time of inputs", "same time of inputs", "time of the store")[number % 4]
        before = (faulted.data(number) / LEAFLET).stat().st_mtime
        data = faulted.data(number + 1)
        command = faulted.command(faulted.store, data)
        if what == "clock":
            command = (sys.executable, "-c", _CLOCK + _AS_MODULE, str(back), *command[2:])
        elif what == "time of inputs":
            _set_times(data, time.time() - back)
        elif what == "same time of inputs":
            os.utime(data / LEAFLET, (before, before))  # the bytes have changed
        else:
            _set_times(faulted.store, time.time() - back)
        done = subprocess.run(command, env=clean(), capture_output=True, check=False)  # noqa: S603
        wrong = faulted.wrong(number + 1)
        if done.returncode or wrong:
            lost.append(f"{what}, {back:+} s: {wrong} {done.stderr.decode()[-200:]}")
    text = "a clock set back or on by years, and such times of files"
    return Outcome("wrong-clock", text, tries, lost, "no time of a file is looked at, only bytes")


def _set_times(folder: Path, when: float) -> None:
    for path in (folder, *folder.rglob("*")):
        os.utime(path, (when, when))


def _names(folder: Path) -> set[str]:
    """Return what lies in a folder; names of what is kept from build to build left out."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.parent.name != "kept"
    }


@contextmanager
def small_disk(place: Path, megabytes: int) -> Iterator[Path | None]:
    """Mount a small file system; None where that cannot be done."""
    mount, umount = shutil.which("mount"), shutil.which("umount")
    place.mkdir(parents=True, exist_ok=True)
    size = f"size={megabytes}m"
    if (
        mount is None
        or umount is None
        or subprocess.run(  # noqa: S603
            [mount, "-t", "tmpfs", "-o", size, "tmpfs", place], capture_output=True, check=False
        ).returncode
    ):
        yield None
        return
    try:
        yield place
    finally:
        subprocess.run([umount, place], check=True)  # noqa: S603


@contextmanager
def _room(disk: Path | None, room: int) -> Iterator[None]:
    """Leave so many bytes free on a disk."""
    if disk is None:
        yield
        return
    filler = disk / "filler"
    with filler.open("wb") as stream:
        left = shutil.disk_usage(disk).free - room
        while left > 0:
            left -= stream.write(bytes(min(left, 1_000_000)))
    try:
        yield
    finally:
        filler.unlink()


def _limited(disk: Path | None, room: int) -> tuple[str, ...]:
    """Return what starts a command with a limit on the size of a file, where no disk is small."""
    if disk is not None:
        return ()
    code = (
        "import os, resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2);"
        "os.execv(sys.argv[2], sys.argv[2:])"
    )
    return (sys.executable, "-c", code, str(room))
