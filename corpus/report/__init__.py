"""Narrative self-evaluation reports: sections, sentences, figures, type, facts.

`read_report` is the entry; everything carries positions in the text as it was given.
"""

from corpus.report.figures import Figure
from corpus.report.reading import Report, read_report
from corpus.report.sections import Section

__all__ = ["Figure", "Report", "Section", "read_report"]
