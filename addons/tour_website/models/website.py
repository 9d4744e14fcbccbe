from odoo import api, fields, models

NEWS_SHOWN = 3


class Website(models.Model):
    _inherit = "website"

    @api.model
    def _get_tour_links(self):
        """Where the client's menu leads: to what there is for him, and nowhere else.

        :rtype: dict[str, bool]
        """
        return {
            "news": bool(self._find_tour_news(1)),
            "forum": bool(
                self.env["forum.forum"].search_count(self._get_tour_domain(), limit=1)
            ),
        }

    @api.model
    def _get_tour_domain(self):
        return self.get_current_website().website_domain()

    @api.model
    def _find_tour_news(self, limit=NEWS_SHOWN):
        """The latest news that the user may see, as the access rules say."""
        return self.env["blog.post"].search(
            [
                *self._get_tour_domain(),
                # Staff would see drafts as well, and what is to come.
                ("is_published", "=", True),
                ("post_date", "<=", fields.Datetime.now()),
            ],
            limit=limit,
            order="post_date desc, id desc",
        )
