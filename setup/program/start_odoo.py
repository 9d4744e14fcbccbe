"""Odoo as a program: what ``python -m odoo`` is, with a name that can be started."""

from odoo.cli import main

if __name__ == "__main__":
    main()
