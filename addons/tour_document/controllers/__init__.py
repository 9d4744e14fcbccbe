from . import portal, voucher
