{
    "name": "Tour: Reading of supplier bills",
    "summary": "What a supplier's bill says, as hints beside the fields",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_payment_order"],
    "data": [],
}
