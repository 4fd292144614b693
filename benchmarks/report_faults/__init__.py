"""Faults planted in self-evaluations, and how many of them `review-report` finds.

`python -m benchmarks.report_faults` runs it; `docs/report-faults.md` explains and publishes it.
"""
