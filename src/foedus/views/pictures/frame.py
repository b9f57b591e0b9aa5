"""What all pictures share: colours, letters, axes."""

from dataclasses import dataclass
from typing import Any

from foedus.views.standing import list_categories

Spec = dict[str, Any]

#: Pictures this wide, in pixels, or less have legends of two columns.
_NARROW = 520

_VEGA_LITE = "https://vega.github.io/schema/vega-lite/v6.json"
_FONT = "system-ui, 'Segoe UI', 'Noto Sans', 'Helvetica Neue', Arial, sans-serif"

#: A colour for each category of a brief, on light and on dark paper. Hues and lightness both differ, so that
#: they stay apart for people who do not see red and green alike.
CATEGORY_COLOURS = {
    "light": ("#1f5f99", "#c8741a", "#1f7a68", "#7b4fa3", "#94861b", "#6c7a86", "#a81e3c"),
    "dark": ("#6db3f0", "#f0a55a", "#5fc7b0", "#bd96e6", "#d6c757", "#a9b5bf", "#f0798f"),
}


@dataclass(frozen=True, slots=True)
class Scheme:
    """Colours of a picture.

    Attributes:
        name: ``light`` or ``dark``.
        ink: Of words.
        soft: Of axes and labels.
        line: Of rules.
        land: Of land on a map.
        accent: Of what stands for one thing alone.
        paper: Of the background.
    """

    name: str
    ink: str
    soft: str
    line: str
    land: str
    accent: str
    paper: str

    @property
    def categories(self) -> tuple[str, ...]:
        """Colours of the categories, in their order."""
        return CATEGORY_COLOURS[self.name]


LIGHT = Scheme("light", "#1d1f21", "#5b6066", "#dedbd2", "#e6e2d8", "#0b5a78", "#fdfcf9")
DARK = Scheme("dark", "#e5e3de", "#a2a6ab", "#3a3d41", "#2c3034", "#79bfdb", "#16181a")


def pick_scheme(name: str | None) -> Scheme:
    """The scheme of this name; light for any other."""
    return DARK if name == "dark" else LIGHT


def frame(scheme: Scheme, width: int, height: int | Spec, alt: str) -> Spec:
    """The outer part of a Vega-Lite specification; the rest is added to it."""
    return {
        "$schema": _VEGA_LITE,
        "description": alt,
        "width": width,
        "height": height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "background": None,
        "padding": 4,
        "config": make_config(scheme, columns=4 if width > _NARROW else 2),
    }


def make_config(scheme: Scheme, *, columns: int = 4) -> Spec:
    """Letters, axes and legends."""
    words = {"labelFont": _FONT, "titleFont": _FONT, "labelColor": scheme.soft, "titleColor": scheme.soft}
    return {
        "font": _FONT,
        "view": {"stroke": None},
        "axis": {
            **words,
            "gridColor": scheme.line,
            "domainColor": scheme.line,
            "tickColor": scheme.line,
            "labelFontSize": 11,
            "titleFontSize": 11,
            "titleFontWeight": "normal",
        },
        "legend": {
            **words,
            "orient": "bottom",
            "title": None,
            "columns": columns,
            "symbolType": "square",
            "symbolOpacity": 1,
            "labelFontSize": 11,
            "labelLimit": 220,
            "symbolSize": 80,
        },
        "header": words,
        "text": {"font": _FONT, "color": scheme.ink},
    }


def colour_by_category(scheme: Scheme) -> Spec:
    """A colour channel for a field ``category`` that holds the category's name."""
    names = list(list_categories())
    return {
        "field": "category",
        "type": "nominal",
        "scale": {"domain": names, "range": list(scheme.categories)},
        "legend": {"title": None},
    }
