"""Three months of six units, run as an officer would: what the questions of a trace are asked of.

March is run twice: the second time the board has corrected a figure by telephone.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date, datetime
from email.message import EmailMessage
from pathlib import Path

from nine_months import APR, FEB, MAR, MONTHS, typed_by
from small_province import OPERATOR
from small_province import write_campaign as campaign_with
from stamped_forms import Stamp, Typed

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.intake.sources import OFFICE_TIME
from tdkt_batch.ledger.store import open_ledger
from tdkt_batch.model import Decision, DecisionKind, Month, Raw
from tdkt_batch.month import MonthRequest, MonthResult, run_month

UNITS = ("105", "03386", "03387", "03388", "SNV", "DN08")
CORRECTION = Decision(
    kind=DecisionKind.CORRECTED,
    unit="DN08",
    month=MONTHS[MAR],
    field="tong_dai_bieu_th",
    value=43,
    reason="Đơn vị báo qua điện thoại: gõ nhầm",
    approver="Nguyễn Văn Ban, Trưởng ban",
    decided=date(2015, 3, 26),
)
HELD_IN_FEBRUARY = {"ngay_hoi_nghi_kh": date(2015, 2, 10), "ngay_hoi_nghi_th": date(2015, 2, 10)}
