{
    "name": "Tour: Website",
    "summary": "News, questions and answers, and the client's office on Odoo's website",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_portal", "website_blog", "website_forum"],
    "data": [
        "security/tour_website_security.xml",
        "data/website_data.xml",
        "views/blog_views.xml",
        "views/portal_templates.xml",
    ],
    "assets": {
        "web._assets_primary_variables": [
            "tour_website/static/src/scss/primary_variables.scss",
        ],
        "web.assets_frontend": ["tour_website/static/src/scss/website.scss"],
    },
    "post_init_hook": "post_init_hook",
}
