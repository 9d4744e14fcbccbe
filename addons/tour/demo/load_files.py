"""Travel booklets, what clients agreed to, and the archive of the story."""

from base64 import b64encode

BOOKLETS = (
    # Client and hotel of a booked booking, and whether its booklet is complete.
    ("harbour", "gate", True),
    ("polar", "fisher", False),
)
PROGRAMME = b"Day 1: arrival and transfer\nDay 2: sights\nDay 3: departure\n"
FOLDERS = {
    # Key: name, key of the folder above, rights of its own.
    "clients": ("For clients", None, {"for_all_clients": True}),
    "prices": ("Price lists", "clients", {}),
    "harbour": ("Harbour", "clients", {"own_rights": True}),
    "staff": ("Instructions", None, {}),
}
FILES = (
    # Folder, name of the file, what it says.
    ("prices", "Transfers.txt", b"Airport - city: 3000\nStation - city: 2200\n"),
    ("harbour", "Framework agreement.txt", b"Terms for the group of companies.\n"),
    ("staff", "How we answer clients.txt", b"Within an hour, by name.\n"),
)


def load(stage, makers):
    _make_booklets(stage, makers)
    _agree(stage, makers)
    _fill_archive(stage)


def _make_booklets(stage, makers):
    for client, hotel, is_complete in BOOKLETS:
        maker = next(
            maker
            for maker in makers
            if (maker.state, maker.client_key) == ("booked", client)
            and maker.hotel == stage["hotel", hotel]
        )
        order = stage.as_user(maker.manager)["sale.order"].browse(maker.order.id)
        items = order.env["tour.booklet.item"]
        items.create(
            [
                {"order_id": order.id, "document_id": voucher.id}
                for voucher in order._make_documents("voucher")
            ]
        )
        items.create(
            {
                "order_id": order.id,
                "upload": b64encode(PROGRAMME),
                "upload_name": "Programme.txt",
            }
        )
        if is_complete:
            order.action_booklet_complete()
            order.action_booklet_send()


def _agree(stage, makers):
    """A client has read the contract of a booking that awaits him."""
    maker = next(
        maker
        for maker in makers
        if maker.state == "awaiting_client" and maker.client_user
    )
    order = stage.as_user(maker.manager)["sale.order"].browse(maker.order.id)
    contract = order._make_documents("contract")
    (contract | order._make_documents("booking_sheet")).action_open_to_client()
    contract.with_user(maker.client_user).action_client_agree(contract.version_number)


def _fill_archive(stage):
    head = stage.as_user("head")
    folders = {}
    for key, (name, above, rights) in FOLDERS.items():
        folders[key] = head["tour.archive.folder"].create(
            {"name": name, "parent_id": above and folders[above].id, **rights}
        )
    folders["harbour"].client_ids = stage["client", "harbour"]
    head["tour.archive.file"].create(
        [
            {
                "folder_id": folders[folder].id,
                "upload": b64encode(content),
                "upload_name": name,
            }
            for folder, name, content in FILES
        ]
    )
