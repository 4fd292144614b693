"""A typed client of the HTTP interface, for systems written in Python and for our own tests.

with Client("http://127.0.0.1:8000", key="jx_…") as client:
    review = client.review({"project_name": "农村公路养护", "indicators": […]})
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterable, Iterator, Mapping
from types import TracebackType
from typing import Any, Self

import httpx2 as httpx

from api.http import review_schemas, schemas
from corpus.workflow.jobs import Job, JobKind
from corpus.workflow.submissions import Submission

_PREFIX = "/api/v1"


class ApiError(Exception):
    """What the service refused, as its problem document says."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        self.status = status
        self.code = str(problem.get("code", f"http_{status}"))
        self.message = str(problem.get("message", ""))
        self.hint = str(problem.get("hint", ""))
        super().__init__(f"{status} {self.code}: {self.message}")


class Client:
    """Calls the service; safe to share between threads.

    `key` is an API key. `http` takes the place of the connection, for tests. Requests that change
    something carry a fresh `Idempotency-Key`, so that a retry after a lost answer does no harm.
    """

    def __init__(
        self,
        address: str = "http://127.0.0.1:8000",
        *,
        key: str | None = None,
        timeout: float = 60.0,
        http: httpx.Client | None = None,
    ) -> None:
        headers = {} if key is None else {"Authorization": f"Bearer {key}"}
        self._http = http or httpx.Client(base_url=address, timeout=timeout)
        self._headers = headers

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def recommend(
        self, declaration: Mapping[str, Any], top: int | None = None
    ) -> schemas.Recommendation:
        """Recommend indicators for a project."""
        params = {} if top is None else {"top": top}
        found = self._post("/recommendations", declaration, params)
        return schemas.Recommendation.model_validate(found)

    def review(self, declaration: Mapping[str, Any]) -> review_schemas.Review:
        """Review a declaration."""
        return review_schemas.Review.model_validate(self._post("/reviews", declaration))

    def review_report(self, evaluation: Mapping[str, Any]) -> review_schemas.Review:
        """Review a self-evaluation."""
        return review_schemas.Review.model_validate(self._post("/report-reviews", evaluation))

    def queue(self, records: Iterable[Mapping[str, Any]], kind: JobKind = JobKind.REVIEW) -> Job:
        """Queue a batch."""
        lines = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
        found = self.call(
            "POST",
            "/batches",
            params={"kind": kind},
            content=lines.encode(),
            headers={"Content-Type": "application/x-ndjson", "Idempotency-Key": _fresh()},
        )
        return Job.model_validate(found.json())

    def job(self, job_id: str) -> Job:
        """Return how a batch stands."""
        return Job.model_validate(self.call("GET", f"/batches/{job_id}").json())

    def wait(self, job_id: str, *, within: float = 600.0, every: float = 0.2) -> Job:
        """Wait for the end of a batch, at most so many seconds."""
        deadline = time.monotonic() + within
        while not (found := self.job(job_id)).status.ended:
            if time.monotonic() > deadline:
                raise TimeoutError(f"batch {job_id} has not ended within {within} s")
            time.sleep(every)
        return found

    def results(self, job_id: str, after: int = 0) -> Iterator[dict[str, Any]]:
        """Yield the answers of a batch in input order, as far as there are any."""
        found = self.call("GET", f"/batches/{job_id}/results", params={"after": after})
        for line in found.text.splitlines():
            yield json.loads(line)

    def create(self, record: Mapping[str, Any], **draft: Any) -> Submission:
        """Begin a submission; `draft` may hold organisation_id, kind and note."""
        found = self._post("/submissions", {"record": record, **draft})
        return Submission.model_validate(found)

    def save(self, submission: Submission, record: Mapping[str, Any], note: str = "") -> Submission:
        """Save a version, unless somebody else has changed the submission meanwhile."""
        headers = {"If-Match": f'"{submission.revision}"', "Idempotency-Key": _fresh()}
        body = {"record": record, "note": note}
        found = self.call("PUT", f"/submissions/{submission.id}", json=body, headers=headers)
        return Submission.model_validate(found.json())

    def submit(self, submission: Submission) -> Submission:
        """Hand a submission in."""
        return Submission.model_validate(self._post(f"/submissions/{submission.id}/submit", {}))

    def submission(self, submission_id: str) -> Submission:
        """Return how a submission stands."""
        return Submission.model_validate(self.call("GET", f"/submissions/{submission_id}").json())

    def submissions(self, **wanted: Any) -> Iterator[Submission]:
        """Yield the submissions that fit, page after page."""
        cursor: str | None = None
        while True:
            params = wanted if cursor is None else {**wanted, "cursor": cursor}
            page = self.call("GET", "/submissions", params=params).json()
            yield from (Submission.model_validate(item) for item in page["items"])
            cursor = page["next"]
            if cursor is None:
                return

    def call(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Send a request; raises `ApiError` for an answer that is a problem."""
        headers = {**self._headers, **options.pop("headers", {})}
        found = self._http.request(method, _PREFIX + path, headers=headers, **options)
        if found.is_error:
            raise ApiError(found.status_code, _problem(found))
        return found

    def _post(self, path: str, body: Any, params: Mapping[str, Any] | None = None) -> Any:
        headers = {"Idempotency-Key": _fresh()}
        return self.call("POST", path, json=body, params=params, headers=headers).json()


def _problem(answer: httpx.Response) -> Mapping[str, Any]:
    try:
        found = answer.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _fresh() -> str:
    return str(uuid.uuid4())
