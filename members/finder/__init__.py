"""The finder: from a person's own words to the need, and to who answers it.

``words`` cleans what was typed, ``encoder`` gives its meaning, ``index`` holds the phrases of the needs and measures
how near the query is to each, ``ranking`` combines these measures, ``places`` reads communes in the query, and
``search`` puts it together.
"""
