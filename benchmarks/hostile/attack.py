"""The attacks: what is sent where."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.hostile import bodies, files

JSON = "application/json"


@dataclass(frozen=True)
class Attack:
    """One request."""

    what: str
    path: str
    content: bytes
    headers: dict[str, str] = field(default_factory=dict)
    pieces: int = 1
    """In how many messages the body arrives; 0 for one that never ends: the caller hangs up."""
    file: tuple[str, bytes] | None = None
    """The file inside, for the importers to be given it directly too."""


def attacks(chance: random.Random, sound: dict[str, bytes], count: int) -> Iterator[Attack]:
    """Yield at least so many attacks: all fixed ones, and random ones for the rest."""
    fixed = 0
    for attack in (*_monsters(sound), *_giants(), *_forms(chance, sound), *_lies()):
        fixed += 1
        yield attack
    for number in range(max(0, count - fixed)):
        make = _random_upload if number % 2 else _random_body
        yield make(chance, sound)


def upload(what: str, name: str, data: bytes, kind: str = "review") -> Attack:
    """Return the upload of a file as a batch."""
    quoted = name.encode("utf-8", "surrogatepass").replace(b'"', b"%22")
    head = b'--BB\r\nContent-Disposition: form-data; name="file"; filename="' + quoted
    content = (
        head + b'"\r\nContent-Type: application/octet-stream\r\n\r\n' + data + b"\r\n--BB--\r\n"
    )
    headers = {"Content-Type": "multipart/form-data; boundary=BB"}
    return Attack(what, f"/batches?kind={kind}", content, headers, file=(name, data))


def _monsters(sound: dict[str, bytes]) -> Iterator[Attack]:
    for kind, what, data in files.monsters(sound):
        yield upload(what, f"a.{kind}", data)
    for kind, data in sound.items():
        for name in files.NAMES:
            if kind not in ("doc", "pdf") or name == "a.{0}":  # each starts a program of its own
                yield upload(f"{kind} named {name!r:.40}", name.format(kind), data)


def _giants() -> Iterator[Attack]:
    for what, data in bodies.giants():
        for path in ("/reviews", "/recommendations", "/report-reviews"):
            yield Attack(what, path, data)
        yield Attack(what, "/submissions", b'{"record":' + data + b"}")
        yield Attack(what, "/batches?kind=report-review", data)


def _forms(chance: random.Random, sound: dict[str, bytes]) -> Iterator[Attack]:
    for what, kind, data in bodies.wrong_forms(chance, sound["json"]):
        for path in ("/batches", "/reviews", "/submissions", "/sessions"):
            yield Attack(what, path, data, {"Content-Type": kind})


def _lies() -> Iterator[Attack]:
    data = json.dumps({"project_name": files.MARK}).encode()
    for path in ("/reviews", "/batches", "/submissions", "/sessions"):
        for length in ("99999999999999999999", "-1", "abc", "0", "1", "", "１２", "0x10", "1e9"):
            yield Attack(f"length {length}", path, data, {"Content-Length": length})
        yield Attack("byte by byte", path, data, pieces=len(data))
        yield Attack("caller hangs up", path, data, pieces=0)
        yield Attack("sent as compressed", path, data, {"Content-Encoding": "gzip"})
        yield Attack("strange number", path, data, {"X-Request-ID": "\x00\r\n" + "x" * 999})
        yield Attack("strange key", path, data, {"Idempotency-Key": "k" * 5_000})
        yield Attack("strange cookie", path, data, {"Cookie": "jixiao_session=\xff\x00'; --"})
        yield Attack("strange token", path, data, {"Authorization": "Bearer jx_\xff\x00"})
        yield Attack("vast token", path, data, {"Authorization": "Bearer " + "x" * 50_000})


def _random_upload(chance: random.Random, sound: dict[str, bytes]) -> Attack:
    cheap = [kind for kind in sound if kind not in ("pdf", "doc")]
    kind = chance.choice(cheap if chance.random() < 0.96 else list(sound))
    data = sound[kind]
    inner = kind in ("xlsx", "docx") and chance.random() < 0.7
    data = files.part_mutated(data, chance) if inner else files.mutated(data, chance)
    ending = chance.choice([kind] * 6 + list(sound))
    name = chance.choice(["a.{0}"] * 6 + list(files.NAMES)).format(ending)
    work = chance.choice(("review", "report-review", "recommendation"))
    return upload(f"mutated {kind}", name, data, work)


def _random_body(chance: random.Random, sound: dict[str, bytes]) -> Attack:
    given: dict[str, Any] = bodies.record(chance, chance.choice(json.loads(sound["json"])))
    path = chance.choice(
        ("/reviews", "/reviews", "/recommendations", "/report-reviews", "/submissions",
         "/sessions", "/batches", "/similar-projects", "/recommendations/decisions")
    )  # fmt: skip
    return Attack("mutated record", path, bodies.encoded(chance, _wrapped(chance, path, given)))


def _wrapped(chance: random.Random, path: str, given: dict[str, Any]) -> Any:
    values: Sequence[Any] = (*bodies.TEXTS, *bodies.VALUES)
    match path:
        case "/submissions":
            return {
                "record": given,
                "note": chance.choice(values),
                **_maybe(chance, "kind", values),
            }
        case "/sessions":
            return {"login": chance.choice(values), "password": chance.choice(values)}
        case "/recommendations/decisions":
            row = {"decision": chance.choice(("accepted", *values)), "rank": chance.choice(values),
                   "suggested": {"name": chance.choice(values)}}  # fmt: skip
            return {"declaration": given, "decisions": [row]}
        case "/batches":
            return [given, chance.choice(values), given]
        case _ if chance.random() < 0.05:
            return chance.choice(values)
        case _:
            return given


def _maybe(chance: random.Random, name: str, values: Sequence[Any]) -> dict[str, Any]:
    return {name: chance.choice(values)} if chance.random() < 0.2 else {}
