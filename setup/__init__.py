"""What stands behind ``./tour``: one subject per module.

The modules ``ui``, ``paths``, ``stamps``, ``system``, ``apt``, ``odoo_source`` and
``packages`` run on a bare Python and use the standard library only.  The others run
on the suite's own Python, once ``packages`` has made it.
"""
