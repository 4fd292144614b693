"""The knowledge in a database: bundled records and a user's own, on SQLite or PostgreSQL."""

from corpus.store.errors import (
    StoreError,
    StoreLockedError,
    StoreUnreachableError,
    StoreVersionError,
)
from corpus.store.importing import ImportCounts
from corpus.store.store import Store, StoreCounts

__all__ = [
    "ImportCounts",
    "Store",
    "StoreCounts",
    "StoreError",
    "StoreLockedError",
    "StoreUnreachableError",
    "StoreVersionError",
]
