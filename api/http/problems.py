"""Errors of the HTTP interface: one shape, RFC 9457 problem documents."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.http.faults import fault_of
from corpus.errors import InputError, JixiaoError, SetupError
from corpus.workflow import errors as workflow

MEDIA_TYPE = "application/problem+json"
_log = logging.getLogger(__name__)

_MALFORMED = frozenset({"bad_json", "bad_encoding", "empty_body"})
TITLES = {
    400: "请求的内容无法解析",
    401: "需要登录或接口密钥",
    403: "没有权限",
    404: "没有找到",
    405: "这个地址不支持这种请求方法",
    409: "目前的状态不允许",
    412: "内容已被他人更新",
    413: "请求体过大",
    422: "请求的内容不合规范",
    429: "请求过于频繁",
    499: "请求已被取消",
    500: "服务出错",
    503: "服务尚未就绪",
}
_HINTS = {
    404: "请检查地址，接口说明见 /api/v1/openapi.json",
    405: "接口说明见 /api/v1/openapi.json",
}


class TooManyRequestsError(JixiaoError):
    """The caller asks more often than allowed."""

    code = "too_many_requests"

    def __init__(self, seconds: int) -> None:
        super().__init__("请求过于频繁", hint=f"请在 {seconds} 秒后重试")
        self.seconds = seconds


class CallerGoneError(JixiaoError):
    """The caller has hung up; nobody reads the answer."""

    code = "cancelled"


class BodyTooLargeError(InputError):
    """The body of a request exceeds the limit."""

    code = "body_too_large"


def problem(status: int, code: str, message: str, hint: str = "") -> JSONResponse:
    """Return a problem document; `message` and `hint` are those of the command line."""
    content = {
        "type": f"urn:jixiao:problem:{code}",
        "title": TITLES.get(status, TITLES[500]),
        "status": status,
        "detail": message + (f"（{hint}）" if hint else ""),
        "code": code,
        "message": message,
        "hint": hint,
    }
    return JSONResponse(content, status, media_type=MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Make every error of `app` a problem document."""
    app.add_exception_handler(JixiaoError, _known)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _parameter)
    app.add_exception_handler(Exception, _unknown)


_STATUSES: tuple[tuple[type[JixiaoError], int], ...] = (
    (BodyTooLargeError, 413),
    (TooManyRequestsError, 429),
    (CallerGoneError, 499),
    (workflow.UnauthenticatedError, 401),
    (workflow.ForbiddenError, 403),
    (workflow.NotFoundError, 404),
    (workflow.StaleError, 412),
    (workflow.ConflictError, 409),
)


def _status(error: JixiaoError) -> int:
    """Return the HTTP status of an error."""
    for kind, status in _STATUSES:
        if isinstance(error, kind):
            return status
    if isinstance(error, InputError):
        return 400 if error.code in _MALFORMED else 422
    return 503 if isinstance(error, SetupError) else 500


def _known(request: Request, error: Any) -> JSONResponse:
    facts = error.to_dict()
    status = _status(error)
    if status >= 500:
        _log.error("%s %s: %s", request.method, request.url.path, error)
    answer = problem(status, facts["code"], facts["message"], facts["hint"])
    if isinstance(error, TooManyRequestsError):
        answer.headers["Retry-After"] = str(error.seconds)
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def _http(request: Request, error: Any) -> JSONResponse:
    status = error.status_code
    if status == 413:
        return _known(request, error.__cause__ or BodyTooLargeError(TITLES[413]))
    response = problem(
        status, f"http_{status}", TITLES.get(status, str(error.detail)), _HINTS.get(status, "")
    )
    response.headers.update(error.headers or {})
    return response


def _parameter(request: Request, error: Any) -> JSONResponse:
    return _known(request, fault_of(error.errors()))


def _unknown(request: Request, error: Any) -> JSONResponse:
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem(500, "internal", "处理请求时程序出错", "请把服务日志反馈给维护者")
