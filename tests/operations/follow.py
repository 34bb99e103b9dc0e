"""Follow docs/operations.md word by word in an empty Debian 12 that boots with systemd.

    sudo python tests/operations/follow.py FOLDER [--bind PATH …]

Needs root, debootstrap and systemd-container. Two folders are made in FOLDER: ``base``, the
empty system, kept for the next time; and ``machine``, a copy of it in which every command of the
page is run. The machine shares the network of this one, so its ports must be free here: 80, 443,
8000 and 8001. What stands on the page is not changed; the first command that fails ends it.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from operations_page import steps  # noqa: E402

INCLUDED = "systemd,systemd-sysv,dbus"
UNIT = """[Unit]
After=multi-user.target
[Service]
Type=oneshot
WorkingDirectory=/root
PassEnvironment={passed}
StandardOutput=file:/root/follow.log
StandardError=inherit
ExecStart=/bin/bash /root/follow.sh
ExecStopPost=/bin/systemctl --no-block poweroff
[Install]
WantedBy=graphical.target
"""
PASSED = [name for name in os.environ if name.startswith(("PIP_", "UV_", "SSL_", "REQUESTS_"))]
"""How this machine reaches a registry of packages; an operator's own would be set up."""


def run(*command: str | Path) -> None:
    """Run a command, and end with it when it fails."""
    done = subprocess.run(command, check=False)
    if done.returncode:
        sys.exit(f"{command[0]} ended with {done.returncode}")


def make_machine(folder: Path) -> Path:
    """Return an empty machine that has nothing but a copy of this checkout."""
    base, machine = folder / "base", folder / "machine"
    if not (base / "bin" / "systemctl").exists():
        run("debootstrap", "--variant=minbase", f"--include={INCLUDED}", "bookworm", base)
    shutil.rmtree(machine, ignore_errors=True)
    run("cp", "-a", base, machine)
    listed = ["git", "-C", ROOT, "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, capture_output=True, text=True, check=True)
    for name in names.stdout.splitlines():
        if (ROOT / name).is_file():
            target = machine / "root" / "masagraph" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target)
    return machine


def write_script(machine: Path) -> None:
    """Write what is typed, and have it run at boot."""
    lines = ["set -euo pipefail", "trap 'echo \"FAILED: $BASH_COMMAND\"' ERR"]
    for heading, block in steps():
        lines += [f"echo '=== {heading}'", "set -x", block, "{ set +x; } 2>/dev/null"]
    lines.append("echo '=== every command has run'")
    (machine / "root" / "follow.sh").write_text("\n".join(lines) + "\n", encoding="utf-8")
    units = machine / "etc" / "systemd" / "system"
    (units / "follow.service").write_text(UNIT.format(passed=" ".join(PASSED)), encoding="utf-8")
    wants = units / "graphical.target.wants"
    wants.mkdir(exist_ok=True)
    (wants / "follow.service").symlink_to("/etc/systemd/system/follow.service")


def main() -> None:
    """Make the machine, boot it, and tell what was shown and whether all commands ran."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--bind", action="append", default=[], help="shown to the machine as it is")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    machine = make_machine(given.folder)
    write_script(machine)
    boot = ["systemd-nspawn", "--quiet", "--register=no", "--keep-unit", "--boot", "-D", machine]
    boot += [f"--bind-ro={path}" for path in given.bind]
    boot += [f"--setenv={name}={os.environ[name]}" for name in PASSED]
    subprocess.run(boot, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False)
    log = (machine / "root" / "follow.log").read_text(encoding="utf-8", errors="replace")
    sys.stdout.write(log)
    sys.exit(0 if "=== every command has run" in log else 1)


if __name__ == "__main__":
    main()
