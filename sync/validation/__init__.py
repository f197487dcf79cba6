"""Validation: what the API would refuse is found before anything is sent."""

from sync.validation.validator import Validator

__all__ = ["Validator"]
