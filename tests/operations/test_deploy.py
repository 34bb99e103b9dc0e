"""The files of deploy/ hold together: units, settings, ports, alerts, and the page on them."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from operations_page import PAGE, ROOT, steps

from masagraph.settings import Settings

Needed = Callable[[str, str], str]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
FILES = sorted(path for path in DEPLOY.rglob("*") if path.is_file())
INDEED = {"masagraph@.service": 20, "masagraph-build.service": 10}
"""The most that systemd-analyze may find too open, in tenths."""


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def run(*command: str | Path, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


# Settings


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_setting_that_is_named_is_one(path: Path) -> None:
    known = {f"MASAGRAPH_{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"\bMASAGRAPH_[A-Z_]*[A-Z]\b", text(path))) <= known


def test_settings_that_are_given_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    unit = re.findall(
        r"^Environment=(\w+)=(.*)$", text(DEPLOY / "systemd/masagraph@.service"), re.M
    )
    given = re.findall(r"^(\w+)=(.*)$", text(DEPLOY / "masagraph.env"), re.M)
    assert len(unit) == 3
    for name, value in (*unit, *given):
        monkeypatch.setenv(name, value.replace("%i", "8000"))
    settings = Settings()
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.trusted_proxies == "127.0.0.1"
    assert settings.base_url.startswith("https://")


# Units


@pytest.fixture
def system(tmp_path: Path) -> Path:
    """A folder in which the units and the programs that they start stand at their places."""
    units = tmp_path / "etc" / "systemd" / "system"
    shutil.copytree(DEPLOY / "systemd", units)
    for path in UNITS:
        for program in re.findall(r"^Exec\w+=(\S+)", text(path), re.M):
            there = tmp_path / program.lstrip("/")
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_text("#!/bin/sh\n", encoding="utf-8")
            there.chmod(0o755)
    for name in ("sysinit", "basic", "shutdown", "multi-user", "timers", "network"):
        (units / f"{name}.target").write_text("[Unit]\nDescription=.\n", encoding="utf-8")
    for name in ("system.slice", "-.slice"):
        (units / name).write_text("[Unit]\nDescription=.\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_is_one(needed: Needed, system: Path, path: Path) -> None:
    name = path.name.replace("@.", "@8000.")
    analyse = needed("systemd-analyze", "systemd")
    checked = run(analyse, "verify", "--man=no", f"--root={system}", name)
    said = [line for line in checked.stderr.splitlines() if "masagraph" in line]
    assert (said, checked.returncode) == ([], 0), checked.stderr


def test_a_unit_that_is_none_is_found(needed: Needed, system: Path) -> None:
    """So that silence above is not that of a tool that did not look."""
    unit = system / "etc" / "systemd" / "system" / "masagraph-build.service"
    unit.write_text(text(unit).replace("PrivateTmp=yes", "PrivateTemp=yes"), encoding="utf-8")
    analyse = needed("systemd-analyze", "systemd")
    checked = run(analyse, "verify", "--man=no", f"--root={system}", unit.name)
    assert "PrivateTemp" in checked.stderr


@pytest.mark.parametrize("name", INDEED)
def test_a_unit_may_touch_little(needed: Needed, name: str) -> None:
    analyse = needed("systemd-analyze", "systemd")
    at_most = f"--threshold={INDEED[name]}"
    checked = run(analyse, "security", "--offline=yes", at_most, DEPLOY / "systemd" / name)
    assert checked.returncode == 0, checked.stdout[-300:]


@pytest.mark.parametrize("name", INDEED)
@pytest.mark.parametrize(
    "wall",
    ["NoNewPrivileges=yes", "ProtectSystem=strict", "PrivateTmp=yes", "ProtectHome=yes",
     "CapabilityBoundingSet=", "User=masagraph"],
)  # fmt: skip
def test_a_wall_stands(name: str, wall: str) -> None:
    assert wall in text(DEPLOY / "systemd" / name).splitlines()


def test_the_service_may_write_nowhere_and_the_build_in_its_store_alone() -> None:
    asked = {name: re.findall(r"^ReadWritePaths=(.*)$", text(DEPLOY / "systemd" / name), re.M)
             for name in INDEED}  # fmt: skip
    assert asked["masagraph@.service"] == []
    assert asked["masagraph-build.service"] == ["/srv/masagraph/current/store"]


def test_a_stop_waits_for_what_was_begun() -> None:
    """The service ends what it has begun, and is not killed before."""
    default = {name: field.default for name, field in Settings.model_fields.items()}
    (stop,) = re.findall(
        r"^TimeoutStopSec=(\d+)$", text(DEPLOY / "systemd/masagraph@.service"), re.M
    )
    assert int(stop) > default["query_seconds"] + default["queue_seconds"] + 5


# nginx, the container, the alerts


def test_one_and_two_are_where_the_units_are() -> None:
    told = text(PAGE)
    for name, ports in (("one", ["8000"]), ("two", ["8000", "8001"])):
        conf = text(DEPLOY / "nginx" / f"masagraph-{name}.conf")
        assert sorted(set(re.findall(r"server 127\.0\.0\.1:(\d+)", conf))) == ports
        assert all(f"masagraph@{port}.service" in told for port in ports)


def test_compose_gives_two_services_few_rights() -> None:
    compose: dict[str, Any] = yaml.safe_load(text(DEPLOY / "container" / "compose.yaml"))
    ports = []
    for service in compose["services"].values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert service["environment"]["MASAGRAPH_HOST"] == "127.0.0.1"
        ports.append(service["environment"]["MASAGRAPH_PORT"])
        built = service["build"]
        assert (DEPLOY / "container" / built["context"] / built["dockerfile"]).is_file()
    assert ports == ["8000", "8001"]


def test_the_container_copies_what_is_there_and_runs_as_nobody() -> None:
    lines = text(DEPLOY / "container" / "Containerfile").splitlines()
    copied = [line.split()[1:-1] for line in lines if line.startswith("COPY") and "--" not in line]
    names = [name for line in copied for name in line]
    assert len(names) >= 10
    assert [name for name in names if not (ROOT / name).exists()] == []
    assert [line for line in lines if line.startswith("USER")] == ["USER 10001:10001"]
    assert any(line.startswith("HEALTHCHECK") for line in lines)


def test_alerts_are_what_prometheus_takes_and_go_off_when_they_should(needed: Needed) -> None:
    promtool, folder = needed("promtool", "prometheus"), DEPLOY / "prometheus"
    checked = run(promtool, "check", "rules", "masagraph-alerts.yml", folder=folder)
    assert checked.returncode == 0, checked.stderr
    assert "3 rules found" in checked.stdout
    tried = run(promtool, "test", "rules", "masagraph-alerts-test.yml", folder=folder)
    assert tried.returncode == 0, tried.stdout + tried.stderr


def test_alerts_ask_for_what_is_counted() -> None:
    counted = text(ROOT / "service" / "masagraph" / "web" / "operations.py")
    rules = text(DEPLOY / "prometheus" / "masagraph-alerts.yml")
    names = set(re.findall(r"\bmasagraph_\w+", rules))
    assert names == {"masagraph_requests_total", "masagraph_queries_stopped_total"}
    assert all(f'"{name.removesuffix("_total")}' in counted for name in names)
    alerts = re.findall(r"alert: (\w+)", rules)
    assert [f"| `{name}` |" in text(PAGE) for name in alerts] == [True, True, True]


# The page


def test_commands_of_the_page_are_bash() -> None:
    script = "\n".join(block for _, block in steps())
    checked = subprocess.run(
        ["bash", "-n"], input=script, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stderr
    assert len(steps()) > 15


def test_files_and_units_of_the_page_are_there() -> None:
    told = text(PAGE)
    names = set(re.findall(r"masagraph/(deploy/[\w./@-]*[\w])", told))
    assert len(names) >= 4
    assert [name for name in names if not (ROOT / name).exists()] == []
    for unit in re.findall(r"\b(masagraph[\w@-]*\.(?:service|timer))", told):
        assert (DEPLOY / "systemd" / re.sub(r"@\d+", "@", unit)).is_file(), unit


def test_every_file_of_deploy_is_told() -> None:
    told = text(PAGE)
    for path in FILES:
        folder = path.parent.relative_to(ROOT).as_posix()
        assert path.name in told or f"{folder}/*" in told or f"../{folder}/)" in told, path.name
