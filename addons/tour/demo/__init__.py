"""The demo: a travel company at work, told in English and in Russian.

`story_*` are the data: who, where, what. `load_*` make records of them, through the
same methods that users' buttons call, so that there is history. All companies and
people are made up: their tax ids are of a region (00) that does not exist.
"""
