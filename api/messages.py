"""Messages to other systems: sent on a queue of their own, tried again, one's fault not another's.

What is to be sent is in the database (see `corpus.workflow.webhooks`); the queue only says that
there is something. It is not the queue of batches, which may keep every worker busy for hours.
"""

from __future__ import annotations

import json
import logging
import time
from datetime import datetime
from typing import TYPE_CHECKING

import httpx2 as httpx

from corpus.workflow import webhooks
from corpus.workflow.moments import now

if TYPE_CHECKING:
    from huey import Huey

    from api.workspace import Workspace

_TIMEOUT = httpx.Timeout(10.0, connect=5.0)
_log = logging.getLogger(__name__)


class Deliverer:
    """Sends what is due, when the queue says so."""

    def __init__(self, workspace: Workspace, queue: Huey) -> None:
        self._workspace = workspace
        self._stopping = False
        self._deliver = queue.task(name="deliver")(self.deliver)

    def wake(self) -> None:
        """Say that messages are waiting."""
        self._deliver()

    def stop(self) -> None:
        """Send no more after the message at hand; the rest stays due."""
        self._stopping = True

    def deliver(self) -> None:
        """Send the messages whose time has come.

        An address that does not answer is left alone until the next time: each further message
        would keep those of other addresses waiting for as long again.
        """
        secret = self._workspace.settings.secret_key
        if secret is None:
            return
        silent: set[str] = set()
        with httpx.Client(timeout=_TIMEOUT, follow_redirects=False, trust_env=False) as client:
            while messages := self._due(silent):
                for message, url in messages:
                    if self._stopping:
                        return
                    if message.webhook_id in silent:
                        continue
                    if not self._try(client, message, url, secret.get_secret_value()):
                        silent.add(message.webhook_id)

    def _due(self, silent: set[str]) -> list[tuple[webhooks.Delivery, str]]:
        with self._workspace.store.reading() as connection:
            return list(webhooks.due(connection, without=silent))

    def _try(self, client: httpx.Client, message: webhooks.Delivery, url: str, master: str) -> bool:
        """Send a message unless another worker does; returns False where nobody answered."""
        with self._workspace.store.writing() as connection:
            if not webhooks.take(connection, message):
                return True
        status = send(client, url, message, webhooks.secret_of(master, message.webhook_id))
        good = status is not None and 200 <= status < 300
        with self._workspace.store.writing() as connection:
            again = webhooks.delivered(connection, message.id, status, good)
        if again is not None:
            self._deliver.schedule(delay=_seconds_until(again))
        return status is not None


def _seconds_until(moment: datetime) -> float:
    return max(0.0, (moment - now()).total_seconds()) + 0.5


def send(client: httpx.Client, url: str, message: webhooks.Delivery, secret: str) -> int | None:
    """Send a message and return the status of the answer, None where there was none."""
    body = json.dumps(message.body, ensure_ascii=False).encode()
    headers = {
        "Content-Type": "application/json",
        "X-Jixiao-Delivery": message.id,
        "X-Jixiao-Event": str(message.event),
        "X-Jixiao-Signature": webhooks.signature(secret, int(time.time()), body),
    }
    try:
        with client.stream("POST", url, content=body, headers=headers) as answer:
            return answer.status_code  # whatever it says beside may be endless
    except Exception as error:  # noqa: BLE001 - an odd address must not keep others from being told
        _log.info("delivery %s failed: %s", message.id, type(error).__name__)
        return None
