"""Pictures as Vega and Vega-Lite specifications: the one place where they are made, for pages and for files."""

from foedus.views.pictures.atlas import draw_map
from foedus.views.pictures.frame import CATEGORY_COLOURS, DARK, LIGHT, Scheme, pick_scheme
from foedus.views.pictures.heat import draw_heat
from foedus.views.pictures.months import draw_months
from foedus.views.pictures.ties import draw_network
from foedus.views.pictures.timeline import draw_timeline

__all__ = [
    "CATEGORY_COLOURS",
    "DARK",
    "LIGHT",
    "Scheme",
    "draw_heat",
    "draw_map",
    "draw_months",
    "draw_network",
    "draw_timeline",
    "pick_scheme",
]
