"""Who asks for what is not his, how he asks, and what reads the answers.

In the world of `office_world.py` each word says whose it is, so every answer can be
read for others' words.
"""

import re

from .rpc import Json2, WebClient, XmlRpc

# Who asks, and whose words he may read; a client's own word is for all his users.
SEES = {
    "delta_user": {"delta_user"},
    "single": {"single"},
    "gamma_user": {"gamma_user"},
    "gamma_other": {"gamma_other"},
    "gamma_curator": {"gamma_curator", "gamma_user", "gamma_other", "gamma_fresh"},
    "gamma_fresh": set(),
    None: set(),
}

PROTOCOLS = [Json2, XmlRpc, WebClient]
RECORD_CALLS = [
    ("read", {}),
    ("web_read", {"specification": {"display_name": {}}}),
    ("export_data", {"fields_to_export": ["display_name"]}),
    ("write", {"vals": {}}),
    ("unlink", {}),
    ("copy", {}),
]
# What else a method needs, by the name of its parameter.
GIVEN = {"state": "accepted", "reason": "x", "version": 1, "amount": 1, "body": "x"}
GIVEN["credential"] = {"login": "admin", "password": "x", "type": "password"}
GIVEN["user_agent_env"] = {"interactive": True}


class Words:
    """Reads answers for what is not the asker's."""

    def __init__(self, office, login):
        sees = SEES[login]
        known = {office["words"][one] for one in sees}
        known |= {office["clients"][office["owners"][one]] for one in sees}
        words = {*office["words"].values(), *office["clients"].values()} - known
        sums = [
            re.escape(one.rstrip("0")) + r"0*(?!\d)"
            for one in office["secret"]
            if one[0].isdigit()
        ]
        plain = "|".join(map(re.escape, words))
        self.pattern = re.compile(
            rf"SECRET|(?i:{plain})|(?<![\d.])(?:{'|'.join(sums)})"
        )

    def find(self, text):
        """The words of others in a text, with what is around the first one."""
        # As people write sums: 2,766.90 or 2 766.90.
        text = re.sub(r"(?<=\d)[,\s\u00a0\u202f](?=\d{3})", "", text)
        found = self.pattern.search(text)
        return found and text[max(found.start() - 60, 0) : found.end() + 60]


def read_rows(world, office):
    """{model and owner: a digest of his rows}, with all that was written there."""
    digests = {}
    for login, records in office["records"].items():
        for model, ids in records["models"].items():
            table = model.replace(".", "_")
            # A token is made for whoever looks at his own first.
            ((digest,),) = world.sql(
                "SELECT md5(string_agg((to_jsonb(t) - 'access_token')::text, '|'"
                f' ORDER BY id)) FROM "{table}" AS t WHERE id = ANY(%s)',
                ids,
            )
            digests[model, login] = digest
        ((messages, files),) = world.sql(
            "SELECT (SELECT count(*) FROM mail_message WHERE model = 'sale.order'"
            " AND res_id = ANY(%s)), (SELECT count(*) FROM ir_attachment"
            " WHERE res_model = 'sale.order' AND res_id = ANY(%s))",
            records["models"]["sale.order"],
            records["models"]["sale.order"],
        )
        digests["conversation", login] = (messages, files)
    return digests
