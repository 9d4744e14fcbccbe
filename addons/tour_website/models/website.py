from odoo import api, fields, models
from odoo.fields import Domain

NEWS_SHOWN = 3


class Website(models.Model):
    _inherit = "website"

    @api.model
    def _get_tour_links(self):
        """Where the client's menu leads: to what there is for him, and nowhere else.

        :rtype: dict[str, bool]
        """
        here = self.get_current_website().website_domain()
        forums = self.env["forum.forum"]
        return {
            "news": bool(self._find_tour_news(1)),
            "forum": bool(forums.search_count(here, limit=1)),
        }

    @api.model
    def _find_tour_news(self, limit=NEWS_SHOWN):
        """The latest news that the user may see, as the access rules say."""
        here = self.get_current_website().website_domain()
        # Staff would see drafts as well, and what is to come.
        is_out = Domain("is_published", "=", True)
        is_out &= Domain("post_date", "<=", fields.Datetime.now())
        return self.env["blog.post"].search(
            here & is_out, limit=limit, order="post_date desc, id desc"
        )
