"""Talentflow: who moved between which organizations, when, and who says so."""

__version__ = "0.1.0"
