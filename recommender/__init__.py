"""Project in, indicators with targets, weights and evidence out."""

from recommender.config import RecommenderConfig
from recommender.pipeline import Recommender
from recommender.results import Recommendation, Suggestion

__all__ = ["Recommendation", "Recommender", "RecommenderConfig", "Suggestion"]
