"""The desk's machine side: REST under ``/api/v1``, and what pages and calls share."""

from foedus.api.desk import Desk
from foedus.api.failures import add_failures
from foedus.api.guard import Guard
from foedus.api.routes import make_router

__all__ = ["Desk", "Guard", "add_failures", "make_router"]
