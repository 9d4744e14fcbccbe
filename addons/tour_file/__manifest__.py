{
    "name": "Tour: Files with versions",
    "summary": "What booklets and the archive keep: files whose old versions stay",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["mail"],
}
