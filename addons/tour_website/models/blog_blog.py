from odoo import fields, models


class BlogBlog(models.Model):
    _inherit = "blog.blog"

    tour_for_clients = fields.Boolean(
        string="For clients only",
        help="Clients and staff who have signed in see it; nobody else does. Readers "
        "of feeds do not sign in: the feed of such a blog is closed to them.",
    )
