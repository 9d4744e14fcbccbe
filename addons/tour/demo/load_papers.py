"""Papers of the story: signatures, templates of clients, and what was made."""

import io
import math
from base64 import b64encode

from PIL import Image, ImageDraw

from . import story_papers as story
from .load_bookings import get_orders

INK = (28, 52, 140, 215)


def load(stage, makers):
    _sign(stage)
    _choose_templates(stage)
    for state, client, hotel, kinds in story.PAPERS:
        maker = next(
            maker
            for maker in makers
            if (maker.state, maker.client_key) == (state, client)
            and maker.hotel == stage["hotel", hotel]
        )
        order = get_orders(stage, [maker], maker.manager)
        for kind, template in kinds.items():
            documents = order._make_documents(kind)
            if template:
                documents.template_id = stage.env.ref(template)
                documents._draw()


def _sign(stage):
    """Give the company its signatures and its stamp, and some templates these."""
    stage.env["tour.document.seal"].create(
        [
            {"company_id": stage.company.id, "role": role, "image": draw()}
            for role, draw in (
                ("signatory", draw_signature),
                ("accountant", lambda: draw_signature(waves=5)),
                ("stamp", draw_stamp),
            )
        ]
    )
    for name in story.SEALED:
        stage.env.ref(name).is_sealed = True


def _choose_templates(stage):
    stage.env["tour.document.default"].create(
        [
            {
                "partner_id": stage["client", client].id,
                "template_id": stage.env.ref(template).id,
            }
            for client, template in story.TEMPLATES.items()
        ]
    )


def draw_signature(waves=3):
    """A flourish, as nobody signs."""
    image = Image.new("RGBA", (480, 200), (0, 0, 0, 0))
    points = []
    for step in range(241):
        part = step / 240
        swing = math.sin(part * waves * 2 * math.pi) * (1 - 0.6 * part)
        points.append((30 + 400 * part, 110 - 70 * swing - 40 * part))
    ImageDraw.Draw(image).line(points, fill=INK, width=6, joint="curve")
    return _as_png(image)


def draw_stamp():
    """A round stamp with a star, for no company there is."""
    image = Image.new("RGBA", (460, 460), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    for inset, width in ((8, 7), (30, 3), (130, 3)):
        draw.ellipse((inset, inset, 460 - inset, 460 - inset), outline=INK, width=width)
    for number in range(48):
        turn = number * math.pi / 24
        long = 26 if number % 2 else 42
        ends = [
            (230 + math.sin(turn) * radius, 230 - math.cos(turn) * radius)
            for radius in (165 - long / 2, 165 + long / 2)
        ]
        draw.line(ends, fill=INK, width=5)
    star = [
        (
            230 + math.sin(point * math.pi / 5) * (75 if point % 2 == 0 else 30),
            230 - math.cos(point * math.pi / 5) * (75 if point % 2 == 0 else 30),
        )
        for point in range(10)
    ]
    draw.polygon(star, outline=INK, width=5)
    return _as_png(image)


def _as_png(image):
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return b64encode(file.getvalue())
