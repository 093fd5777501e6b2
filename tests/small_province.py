"""A province of seven units, whose month is run in a moment: for what is done hundreds of times."""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nine_months import MAR, MONTHS, typed_by
from stamped_forms import Stamp

from tdkt_batch.campaign import lai_chau_2014_folder as _unused  # noqa: F401
