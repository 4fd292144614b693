"""Figures over submissions: aggregates that the database makes, never lists of everything."""

from corpus.workflow.statistics.totals import Statistics, statistics

__all__ = ["Statistics", "statistics"]
