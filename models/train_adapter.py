"""Trains the adapter of an encoder on the indicator library.

    python -m models.train_adapter ENCODER_FOLDER

No case and no label is used, so that figures measured on the cases stay honest. Queries are made
from each type as a unit might write its project: an alias dressed with years, places and kinds of
money, with or without activities as its goal; activities; outputs. The passage to be found among
those of all types is the type's name and scope. One alias of each type is held back to report how
well the maps carry over to names never seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from corpus.records import Case, LibraryType
from models.adapter import PROBE, Adapter
from models.encoder import Encoder
from models.retrieval_text import query_fields, type_fields

TEMPERATURE = 10.0
PENALTY = 0.01
EPOCHS = 12
_BATCH = 512
_STEP = 5e-4
_SEED = 0
"""Settings chosen by the held-back aliases; see docs/encoder.md."""
_READ = 240
"""Characters of a project's text that the encoder reads."""

_PLACES = ("", "", "湖北省", "岳阳县", "某市", "城关镇", "白云区", "自治区", "开发区", "柳林乡")
_BEFORE = ("", "2023年", "2024年度", "中央财政", "省级", "市级", "县级", "专项", "国家")
_AFTER = ("", "项目", "补助资金", "经费", "专项资金", "工程", "工作经费", "补助")


@dataclass(frozen=True)
class Example:
    """A made-up query and the number of the type it stands for."""

    text: str
    target: int
    held_back: bool = False


def examples(types: Sequence[LibraryType], seed: int = _SEED) -> list[Example]:
    """Return the training queries of a library, in a fixed order for a seed."""
    rng = np.random.default_rng(seed)
    return [example for number, kind in enumerate(types) for example in _of_type(kind, number, rng)]


def train_adapter(
    encoder: Encoder, types: Sequence[LibraryType], *, hold_back: bool = False
) -> tuple[Adapter, dict[str, float]]:
    """Return the adapter and how it does on the held-back aliases (empty without any).

    Takes about two minutes, nearly all of it for the vectors of some 12,000 short texts.
    """
    made = examples(types)
    queries = encoder.encode_queries([example.text for example in made])
    passages = encoder.encode_passages([type_fields(kind).passage for kind in types])
    targets = np.array([example.target for example in made])
    held = np.array([example.held_back for example in made]) & hold_back
    probe = encoder.encode_queries([PROBE])[0]
    adapter = _fit(queries[~held], targets[~held], passages, probe)
    figures = {}
    if hold_back:
        figures["before"] = _first_right(queries[held], targets[held], passages)
        figures["after"] = _first_right(
            adapter.adapt_queries(queries[held]), targets[held], adapter.adapt_passages(passages)
        )
    return adapter, figures


def refine_adapter(
    encoder: Encoder, base: Adapter, types: Sequence[LibraryType], cases: Sequence[Case]
) -> Adapter:
    """Return an adapter moved a little further, towards a region's own projects.

    A project's name should find what the project does, among all projects and all types; the
    types' own names keep the maps where they were, and so does a penalty on every step away.
    A minute or two on two cores, for vectors of some 1,500 names beside those of the cases.
    """
    own = [fields for fields in map(query_fields, cases) if fields.body.strip()]
    queries = [name for kind in types for name in (kind.project_type, *kind.aliases[:1])]
    targets = [number for number, kind in enumerate(types) for _ in (0, *kind.aliases[:1])]
    queries += [fields.title for fields in own]
    targets += range(len(types), len(types) + len(own))
    passages = [type_fields(kind).passage for kind in types]
    passages += [fields.body[:_READ] for fields in own]
    return _fit(
        encoder.encode_queries(queries),
        np.array(targets),
        encoder.encode_passages(passages),
        base.probe,
        base,
    )


def _of_type(kind: LibraryType, number: int, rng: np.random.Generator) -> Iterator[Example]:
    activities = list(kind.activities)
    for place, alias in enumerate(kind.aliases):
        last = place == len(kind.aliases) - 1
        yield Example(_dress(alias, rng), number, last)
        some = "，".join(rng.permutation(activities)[:3])
        yield Example(f"{_dress(alias, rng)}。{some}", number, last)
    yield Example(_dress(kind.project_type, rng), number)
    for part in (activities[:3], activities[3:]):
        yield Example("，".join(part) or kind.scope, number)
    outputs = [row.name for row in kind.indicators if row.level1 == "产出指标"]
    for start in range(0, len(outputs), 3):
        yield Example("，".join(outputs[start : start + 3]), number)


def _dress(name: str, rng: np.random.Generator) -> str:
    """Return a type's name as a unit might write it."""
    return f"{rng.choice(_PLACES)}{rng.choice(_BEFORE)}{name}{rng.choice(_AFTER)}"


def _fit(
    queries: np.ndarray,
    targets: np.ndarray,
    passages: np.ndarray,
    probe: np.ndarray,
    base: Adapter | None = None,
) -> Adapter:
    """Fit both maps: softmax over all passages, squared distance from the base as penalty.

    Without a base the maps start as nothing at the centre of the texts.
    """
    import torch

    torch.manual_seed(_SEED)
    every = torch.from_numpy(queries)
    kinds = torch.from_numpy(passages)
    labels = torch.from_numpy(targets)
    centre = torch.cat([every, kinds]).mean(0) if base is None else torch.from_numpy(base.centre)
    size = queries.shape[1]
    nothing = np.zeros((size, size), dtype=np.float32)
    starts = [nothing, nothing] if base is None else [base.queries, base.passages]
    origins = [torch.from_numpy(start) for start in starts]
    maps = [origin.clone().requires_grad_() for origin in origins]
    optimiser = torch.optim.Adam(maps, lr=_STEP)
    for _ in range(EPOCHS):
        order = torch.randperm(len(every))
        for batch in order.split(_BATCH):
            left = _moved(every[batch] - centre, maps[0])
            right = _moved(kinds - centre, maps[1])
            loss = torch.nn.functional.cross_entropy(TEMPERATURE * left @ right.T, labels[batch])
            away = (
                ((part - origin) ** 2).sum() for part, origin in zip(maps, origins, strict=True)
            )
            loss = loss + PENALTY * sum(away)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return Adapter(centre.numpy(), maps[0].detach().numpy(), maps[1].detach().numpy(), probe)


def _moved(vectors: Any, weights: Any) -> Any:
    import torch

    return torch.nn.functional.normalize(vectors + vectors @ weights, dim=1)


def _first_right(queries: np.ndarray, targets: np.ndarray, passages: np.ndarray) -> float:
    """Return how often a query's own passage is the nearest."""
    return float(np.mean(np.argmax(queries @ passages.T, axis=1) == targets))


def main(folder: str) -> None:
    """Train on the bundled library and save the bundled adapter."""
    from corpus.bundle import bundled_library
    from models.encoder import SentenceEncoder

    encoder = SentenceEncoder(folder)
    _, figures = train_adapter(encoder, bundled_library(), hold_back=True)
    adapter, _ = train_adapter(encoder, bundled_library())
    adapter.save(Path(__file__).parent / "data" / "adapter.npz")
    print(figures)  # noqa: T201 - a training command reports what it measured


if __name__ == "__main__":
    import sys

    main(sys.argv[1])
