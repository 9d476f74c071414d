"""Search in the library: from what somebody types to the tools that fit, and that this person may see.

``query`` reads what was typed, ``spelling`` leads unknown words back to known ones, ``matching`` asks the index of
the database, ``topics`` finds the type and theme somebody means, ``meaning`` compares whole sentences, ``ranking``
puts the tools in order, ``facets`` counts what one may narrow by, ``passages`` finds where it is written, and
``engine`` puts it together. What is typed is neither logged nor kept.
"""
