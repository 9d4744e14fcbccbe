from . import blog_blog, blog_post, website
