"""Import the package before any test imports openpyxl, as the program itself does."""

from hypothesis import HealthCheck, settings

import tdkt_batch  # noqa: F401

settings.register_profile(
    "by work, not by the clock", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("by work, not by the clock")
