"""Odoo's ways to call a method from outside."""

import json
import urllib.error
import urllib.request
import xmlrpc.client


class Refused(Exception):
    """What the server answered instead of a result.

    :param kind: the name of the exception, without its module
    """

    def __init__(self, status, kind, message):
        super().__init__(f"{status} {kind}: {message}"[:600])
        self.status = status
        self.kind = kind
        self.message = message


class Json2:
    """A user, or nobody, on ``/json/2``."""

    name = "json2"

    def __init__(self, url, database, login=None, key=None, uid=None):
        self.url = url
        self.database = database
        self.login = login
        self.key = key
        self.uid = uid

    def __call__(self, model, method, ids=None, **kwargs):
        body = kwargs if ids is None else {"ids": list(ids), **kwargs}
        headers = {"Content-Type": "application/json", "X-Odoo-Database": self.database}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        request = urllib.request.Request(
            f"{self.url}/json/2/{model}/{method}",
            data=json.dumps(body).encode(),
            headers=headers,
        )
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise _refused(error) from None


def _refused(error):
    text = error.read().decode(errors="replace")
    try:
        said = json.loads(text)
        name, message = said.get("name", ""), said.get("message", "")
    except ValueError:
        name, message = "", text
    kind = name.rpartition(".")[2] or f"HTTP{error.code}"
    return Refused(error.code, kind, message)


class XmlRpc:
    """The same over XML-RPC, with the API key as password."""

    name = "xmlrpc"
    KINDS = {2: "UserError", 3: "AccessDenied", 4: "AccessError"}

    def __init__(self, url, database, login=None, key=None, uid=None):
        self.proxy = xmlrpc.client.ServerProxy(
            f"{url}/xmlrpc/2/object", allow_none=True
        )
        self.database = database
        self.login = login
        self.key = key or ""
        self.uid = uid or 0

    def __call__(self, model, method, ids=None, **kwargs):
        args = [] if ids is None else [list(ids)]
        try:
            return self.proxy.execute_kw(
                self.database, self.uid, self.key, model, method, args, kwargs
            )
        except xmlrpc.client.Fault as fault:
            kind = self.KINDS.get(fault.faultCode, "Error")
            raise Refused(fault.faultCode, kind, fault.faultString) from None


class WebClient:
    """The same as the web client asks it, with the cookie of who has logged in.

    :param visitor: `pages.Visitor`
    """

    name = "web"

    def __init__(self, visitor):
        self.visitor = visitor

    def __call__(self, model, method, ids=None, **kwargs):
        params = {
            "model": model,
            "method": method,
            "args": [] if ids is None else [list(ids)],
            "kwargs": kwargs,
        }
        answer = self.visitor.call(f"/web/dataset/call_kw/{model}/{method}", params)
        said = json.loads(answer.text)
        if "error" not in said:
            return said.get("result")
        error = said["error"]
        name = error.get("data", {}).get("name", error["message"])
        raise Refused(
            answer.status, name.rpartition(".")[2], error.get("data", {}).get("message")
        )


def outcome(call, *args, **kwargs):
    """'done', or the kind of exception that a call ended with."""
    try:
        call(*args, **kwargs)
    except Refused as refused:
        return refused.kind
    return "done"
