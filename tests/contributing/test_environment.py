"""The environment that ``dev.py`` makes."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def dev(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    spec = spec_from_file_location("dev", ROOT / "dev.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "STAMP", tmp_path / "stamp")
    return module


def test_one_that_came_with_a_copy_of_the_checkout_is_made_anew(dev: ModuleType) -> None:
    """What is installed in it leads to the folder that was copied."""
    dev.STAMP.write_text(f"{dev.digest()}\n{dev.ROOT}\n", encoding="utf-8")
    assert dev.is_usable()
    dev.STAMP.write_text(f"{dev.digest()}\n{dev.ROOT.parent / 'elsewhere'}\n", encoding="utf-8")
    assert not dev.is_usable()


def test_one_that_stands_where_it_was_made_is_left(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = list[str]()
    monkeypatch.setattr(dev, "make_environment", lambda: made.append("environment"))
    monkeypatch.setattr(dev, "install", lambda: made.append("install"))
    dev.set_up()
    dev.set_up()
    assert made == ["environment", "install"]
