"""What no add-on of ours may do in its data, and Odoo does not complain of."""

from collections import defaultdict
from xml.etree import ElementTree

from .. import paths

NAMED = ("record", "template", "menuitem")


def test_no_id_is_defined_in_two_files():
    """The file that is loaded last would overwrite the other without a word."""
    files = defaultdict(set)
    for file in paths.ROOT.glob("addons/*/*/*.xml"):
        if file.parent.name == "tests":
            continue
        for node in ElementTree.parse(file).iter():
            name = node.get("id", "")
            # With a dot it is another add-on's, which is changed.
            if node.tag in NAMED and name and "." not in name:
                files[file.parts[-3], name].add(file.name)
    assert len(files) > 1000
    assert {key: found for key, found in files.items() if len(found) > 1} == {}
