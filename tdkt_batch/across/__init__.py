"""Checks between units and levels: what one form alone cannot decide."""

from tdkt_batch.across.board import board_outcomes

__all__ = ["board_outcomes"]
