"""Which reader reads which form of the language files."""

from collections.abc import Callable, Mapping

from foedus.dates.context import Context
from foedus.dates.grammar import Phrase
from foedus.dates.lengths import read_duration, read_every
from foedus.dates.outcome import Outcome
from foedus.dates.points import (
    read_century,
    read_christ_span,
    read_date,
    read_day_pair,
    read_days,
    read_decade,
    read_half,
    read_holiday,
    read_month,
    read_month_pair,
    read_months,
    read_numeric_phrase,
    read_quarter,
    read_season,
    read_stamp_phrase,
    read_year,
    read_year_span,
)
from foedus.dates.relative import (
    read_clock,
    read_day_of_month,
    read_day_word,
    read_daypart,
    read_daypart_alone,
    read_deictic,
    read_edge_of,
    read_offset,
    read_reference,
    read_side,
    read_stretch,
    read_stretch_of,
    read_the_unit,
    read_weekday,
    read_weekend,
)

READERS: Mapping[str, Callable[[Phrase, Context], Outcome]] = {
    "stamp": read_stamp_phrase,
    "numeric": read_numeric_phrase,
    "days": read_days,
    "day_pair": read_day_pair,
    "date": read_date,
    "months": read_months,
    "month_pair": read_month_pair,
    "month": read_month,
    "quarter": read_quarter,
    "half": read_half,
    "season": read_season,
    "stretch_of": read_stretch_of,
    "century": read_century,
    "decade": read_decade,
    "year_span": read_year_span,
    "christ_span": read_christ_span,
    "year": read_year,
    "holiday": read_holiday,
    "day_word": read_day_word,
    "daypart": read_daypart,
    "weekday": read_weekday,
    "side": read_side,
    "edge_of": read_edge_of,
    "stretch": read_stretch,
    "deictic": read_deictic,
    "offset": read_offset,
    "every": read_every,
    "duration": read_duration,
    "day_of_month": read_day_of_month,
    "weekend": read_weekend,
    "the_unit": read_the_unit,
    "reference": read_reference,
    "daypart_alone": read_daypart_alone,
    "clock": read_clock,
}
"""By form; a language file may use these and no others."""
