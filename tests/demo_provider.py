"""Odoo's demo provider of payments, and the crons that follow what it says."""

import json
import urllib.request


def notice(server, reference, status="done"):
    """The provider tells how a payment ended."""
    values = {
        "reference": reference,
        "payment_details": "1111",
        "simulated_state": status,
    }
    body = {"jsonrpc": "2.0", "method": "call", "params": values}
    request = urllib.request.Request(
        f"{server.url}/payment/demo/simulate_payment",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        assert "error" not in json.load(answer)
    return True


def run_cron(as_user, module, name):
    """Run a cron now."""
    admin = as_user("admin")
    (cron,) = admin(
        "ir.model.data",
        "search_read",
        domain=[("module", "=", module), ("name", "=", name)],
        fields=["res_id"],
    )
    return admin("ir.cron", "method_direct_trigger", [cron["res_id"]]) is not None


def enter_payments(as_user):
    """Odoo's cron, which enters what no client's page has waited for."""
    return run_cron(as_user, "payment", "cron_post_process_payment_tx")
