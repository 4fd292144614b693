"""Several processes do what one does: same results, same order, errors in place, little ahead."""

from __future__ import annotations

import json
import os

import pytest

from api.cli.parallel import outcomes, usual_jobs
from api.reading import Failure
from corpus.bundle import bundled_cases
from corpus.records import Declaration


def records(count):
    return [Declaration(id=str(number), project_name=f"项目{number}") for number in range(count)]


def test_results_come_in_the_order_of_the_records():
    items = [*records(60), Failure("坏行", {"message": "读不懂"}), *records(30)]
    found = list(outcomes(iter(items), lambda record: f"{record.id}@{os.getpid()}", jobs=2))
    assert [item for item, _ in found] == items
    given = [text for _, text in found if isinstance(text, str)]
    assert [text.split("@")[0] for text in given] == [
        item.id for item in [*items[:60], *items[61:]]
    ]
    assert len({text.split("@")[1] for text in given}) > 1
    assert found[60][1] is items[60]


def test_a_short_run_stays_in_one_process():
    given = [text for _, text in outcomes(iter(records(20)), lambda _: str(os.getpid()), jobs=4)]
    assert set(given) == {str(os.getpid())}


def test_little_is_read_ahead():
    read = []

    def reading():
        for record in records(200):
            read.append(record.id)
            yield record

    for done, _ in enumerate(outcomes(reading(), lambda record: record.id or "", jobs=2), 1):
        assert len(read) <= done + 5 * 16


def test_what_a_killed_process_left_is_done_by_the_first():
    parent = os.getpid()

    def attempt(record):
        if record.id == "40" and os.getpid() != parent:
            os._exit(9)
        return record.id

    found = [text for _, text in outcomes(iter(records(80)), attempt, jobs=2)]
    assert found == [str(number) for number in range(80)]


def test_connections_are_closed_before_the_fork_and_only_then():
    closed = []
    list(outcomes(iter(records(10)), lambda _: "", jobs=2, before_fork=lambda: closed.append(1)))
    assert closed == []
    list(outcomes(iter(records(40)), lambda _: "", jobs=2, before_fork=lambda: closed.append(1)))
    assert closed == [1]


def test_records_are_foreseen_before_they_are_worked_on():
    foreseen: list[str] = []

    def attempt(record):
        known = record.id in foreseen
        return f"{known}{os.getpid()}"

    def foresee(some):
        assert len(some) <= 16
        foreseen.extend(record.id for record in some)

    found = [text for _, text in outcomes(iter(records(90)), attempt, jobs=2, foresee=foresee)]
    assert all(text.startswith("False") for text in found[:32])  # one by one, in this process
    assert all(text.startswith("True") for text in found[32:])


def test_an_error_ends_the_run():
    def attempt(record):
        if record.id == "50":
            raise OSError("磁盘已满")
        return record.id

    with pytest.raises(OSError, match="磁盘已满"):
        list(outcomes(iter(records(80)), attempt, jobs=2))


def test_reviews_are_the_same_as_one_by_one(workspace):
    review = workspace.parts.reviewer.review
    cases = bundled_cases()[:48]

    def attempt(record):
        return json.dumps(review(record).to_dict(), ensure_ascii=False)

    one, two = (
        [text for _, text in outcomes(iter(cases), attempt, jobs, workspace.store.close)]
        for jobs in (1, 2)
    )
    assert one == two


def test_the_usual_number_of_processes_is_modest():
    assert 1 <= usual_jobs() <= 4


def test_recommendations_are_the_same_as_one_by_one(bundled, home, jixiao, tmp_path, workspace):
    given = tmp_path / "projects.jsonl"
    lines = [
        json.dumps({**record, "indicators": []}, ensure_ascii=False) for record in bundled[:44]
    ]
    given.write_text("\n".join(lines), encoding="utf-8")
    answers = []
    for jobs in ("1", "2"):
        done = jixiao("recommend", given, "--jsonl", "--jobs", jobs)
        assert done.returncode == 0, done.stderr.decode()
        answers.append(done.stdout)
    assert answers[0].count(b"\n") == 44
    assert answers[0] == answers[1]
