from odoo import models


class BlogPost(models.Model):
    _inherit = "blog.post"

    def _get_tour_news(self):
        """What the client's home shows of a piece of news, as plain data."""
        return [
            {
                "title": post.name,
                "text": post.subtitle or "",
                "date": post.published_date or post.post_date,
                "url": post.website_url,
            }
            for post in self
        ]
