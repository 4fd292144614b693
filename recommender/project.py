"""What a project says about itself, prepared once per recommendation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from corpus.records import Declaration
from corpus.taxonomy import guess_function_code
from corpus.text import normalise
from recommender.deeds import deeds_of

_WITHIN = re.compile(
    r"^.{4,}(?:项目|专项|资金|奖励|补贴)(?!支持|管理|用于|资金|项目|配套|补助|工程)"
    r"(?P<own>[一-龥]{5,}(?:工程|项目)|[一-龥]{3,}(?:安装|采购|购置|改造|建设)(?:项目|工程)?)$"
)
"""A project within a programme: 农业水价综合改革…项目小型水库水标尺制作安装项目."""
_OPENING = 300
"""Characters of goal and of description that mostly say what is done."""
_CLAUSES = re.compile(r"[,。;:!\n()]")
_HAN = re.compile(r"[一-龥A-Za-z0-9]+")


@lru_cache(maxsize=16384)
def pairs(text: str) -> frozenset[str]:
    """Return the character pairs of a text, none of them across punctuation."""
    runs = _HAN.findall(normalise(text).lower())
    return frozenset(a + b for run in runs for a, b in pairwise(run))


@dataclass(frozen=True)
class Project:
    """A declaration's own texts."""

    declaration: Declaration
    name: str
    """Its own, without the programme that it is part of."""
    text: str
    """Name, description, goal and department, folded."""
    own_text: str
    """The same without the department: what the project is, not who carries it out."""
    name_pairs: frozenset[str]
    text_pairs: frozenset[str]
    function_code: str | None
    guessed_sector: bool
    """Whether the sector was guessed because the declaration gives none."""

    @cached_property
    def opening(self) -> str:
        """The beginning of goal and description, where what is done is said."""
        declared = self.declaration
        return normalise("，".join((declared.goal[:_OPENING], declared.description[:_OPENING])))

    @cached_property
    def deeds(self) -> frozenset[str]:
        """Kinds of deed that name, description and goal speak of."""
        body = (self.declaration.description, self.declaration.goal)
        return deeds_of.__wrapped__("\n".join((self.name, *body)))

    @classmethod
    def of(cls, declaration: Declaration, limit: int) -> Project:
        """Read a declaration; of long texts only the first `limit` characters."""
        name = own_name(normalise(declaration.project_name[:limit]).strip())
        own = (declaration.description, declaration.goal)
        body = [normalise(text[:limit]) for text in own]
        department = normalise(declaration.department or "")
        text = "\n".join(part for part in (name, *body, department) if part)
        code = (declaration.function_code or "").strip()[:3] or None
        guess = guess_function_code(f"{department}\n{name}") if code is None else None
        return cls(
            declaration=declaration,
            name=name,
            text=text,
            own_text="\n".join(part for part in (name, *body) if part),
            name_pairs=pairs(name),
            text_pairs=_all_pairs((name, *body, department)),
            function_code=code or guess,
            guessed_sector=code is None and guess is not None,
        )


def texts_of(project: Project) -> list[str]:
    """Return the texts to read; the department's name is the last line and promises nothing."""
    lines = project.text.split("\n")
    return lines[:-1] if project.declaration.department and len(lines) > 1 else lines


def clauses_of(project: Project) -> Iterator[str]:
    """Yield the clauses of goal and description."""
    for text in texts_of(project)[1:]:
        yield from _CLAUSES.split(text)


def own_name(name: str) -> str:
    """Return a project's own name without the programme that it is part of."""
    found = _WITHIN.match(name)
    return found["own"] if found else name


def _all_pairs(texts: Iterable[str]) -> frozenset[str]:
    """Return the character pairs of several texts without keeping long ones in the cache."""
    return frozenset().union(*(pairs.__wrapped__(text) for text in texts))
