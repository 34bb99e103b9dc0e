"""Profiles of Hypothesis: a few examples, the same each time, unless the full run is asked for.

The full run: ``pytest tests/properties --hypothesis-profile full``.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings

CALM = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile(
    "few", derandomize=True, max_examples=4, deadline=None, suppress_health_check=CALM
)
settings.register_profile("full", max_examples=200, deadline=None, suppress_health_check=CALM)
settings.load_profile("few")
