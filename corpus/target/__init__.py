"""The grammar of target values (指标值): text as units write it to what it says."""

from corpus.target.parser import parse_target

__all__ = ["parse_target"]
