"""Random numbers inside compiled loops."""

from scheduler.solving.jit import compiled_within
from scheduler.solving.packed import Numbers


@compiled_within
def below(chance: Numbers, limit: int) -> int:
    """A random number from 0 to below the limit (xorshift; `chance` holds its state)."""
    x = chance[0]
    x ^= x << 13
    x ^= (x >> 7) & 0x01FFFFFFFFFFFFFF  # a shift to the right that brings no sign along
    x ^= x << 17
    chance[0] = x
    return int((x & 0x7FFFFFFFFFFFFFFF) % limit)
