from odoo import api, models


class TourDemo(models.AbstractModel):
    """Loads the demo story; see `addons/tour/demo`."""

    _name = "tour.demo"
    _description = "Demo Story"

    @api.model
    def _load(self):
        """Make the demo data around today, once.

        :return: whether it was made now
        """
        # Imported here: a database without demo data has no use for the story.
        from ..demo import load  # noqa: PLC0415

        if self.env.ref("tour.demo_user_manager", raise_if_not_found=False):
            return False
        load.load(self.env)
        return True
