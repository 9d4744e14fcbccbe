"""Tests from outside: a real server, a real browser, JSON-2 and XML-RPC."""
