"""The suite installs and starts without a word of complaint."""


def test_installation_says_nothing(world):
    assert world.facts("installation") == []


def test_login_page(server):
    assert server.get("/web/login").status == 200
