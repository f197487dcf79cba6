"""The models of one field's rule: where its value comes from and what is done to it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, create_model, model_validator

from sync.mapping.arguments import Argument, Strict, Text, Texts, listed, wrong
from sync.mapping.template import template_problem
from sync.mapping.transforms import TRANSFORMS


class Call(Strict):
    """One transform with its argument; the keys are the transforms' names."""

    @model_validator(mode="before")
    @classmethod
    def _long_form(cls, value: Any) -> Any:  # noqa: ANN401
        return {value: None} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _just_one(self) -> Call:
        if len(self.model_fields_set) != 1:
            raise wrong("must be a transform's name, or one name with its argument")
        return self

    @property
    def name(self) -> str:
        """The transform's name."""
        return next(iter(self.model_fields_set))

    @property
    def argument(self) -> Argument:
        """What the transform was given."""
        argument: Argument = getattr(self, self.name)
        return argument


AnyCall: Any = create_model(  # type: ignore[call-overload]
    "AnyCall", __base__=Call, **{name: (transform.argument, None) for name, transform in TRANSFORMS.items()}
)
Calls = Annotated[tuple[AnyCall, ...], BeforeValidator(listed)]


def _flag(value: Any) -> Any:  # noqa: ANN401
    known = {"true": True, "false": False}
    if not (isinstance(value, str) and value.lower() in known):
        raise wrong("must be true or false")
    return known[value.lower()]


def _sound_template(text: str) -> str:
    if problem := template_problem(text):
        raise wrong(problem)
    return text


class Rule(Strict):
    """What the mapping says of one field or attribute. A bare text is short for `column`."""

    column: Texts = ()
    template: Annotated[Text, AfterValidator(_sound_template)] | None = None
    value: Text | None = None
    transform: Calls = ()
    values: dict[str, Text] = Field(default_factory=dict)
    default: Text | None = None
    required: Annotated[bool, BeforeValidator(_flag)] = False
    when: dict[Text, Annotated[tuple[str, ...], BeforeValidator(listed)]] = Field(default_factory=dict)
    blank: Literal["clear"] | None = None

    @model_validator(mode="before")
    @classmethod
    def _long_form(cls, value: Any) -> Any:  # noqa: ANN401
        return {"column": value} if isinstance(value, str) else value
