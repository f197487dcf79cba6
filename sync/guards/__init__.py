"""Guards: counts of answers or of the whole file say whether a run goes on or stops."""

from sync.guards.brakes import CANARY_ROWS, Brakes, TooManyErrors

__all__ = ["CANARY_ROWS", "Brakes", "TooManyErrors"]
