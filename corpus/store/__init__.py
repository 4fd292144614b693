"""The knowledge in a database: bundled records and a user's own, on SQLite or PostgreSQL."""

from corpus.store.deciding import DecisionCounts
from corpus.store.errors import (
    StoreError,
    StoreLockedError,
    StoreUnreachableError,
    StoreVersionError,
)
from corpus.store.importing import ImportCounts
from corpus.store.store import Store, StoreCounts

__all__ = [
    "DecisionCounts",
    "ImportCounts",
    "Store",
    "StoreCounts",
    "StoreError",
    "StoreLockedError",
    "StoreUnreachableError",
    "StoreVersionError",
]
