{
    "name": "Tour: dealing of bills, measured",
    "summary": "Methods that only bench/bill_queue.py calls; never installed elsewhere",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_bill_desk"],
}
