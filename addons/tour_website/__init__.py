from . import models


def post_init_hook(env):
    """Show the website in the languages that clients have chosen among so far.

    A page of a language that the website does not have would be shown in another.
    """
    languages = env["res.lang"].search([("active", "=", True)])
    for website in env["website"].search([]):
        website.language_ids |= languages
