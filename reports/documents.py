"""Documents that come as JSON to whoever prints them."""

from __future__ import annotations

import msgspec

from tcm_engine.views import IndicatorsView, RecordFormView

from . import elderly, indicators


class _Indicators(msgspec.Struct, tag_field="what", tag="indicators"):
    view: IndicatorsView


class _RecordForms(msgspec.Struct, tag_field="what", tag="record_forms"):
    views: list[RecordFormView]


_decoder = msgspec.json.Decoder(_Indicators | _RecordForms)


def render(content: bytes) -> bytes:
    """Raises msgspec.ValidationError for anything else."""
    asked = _decoder.decode(content)
    return indicators.render(asked.view) if isinstance(asked, _Indicators) else elderly.render(asked.views)
