"""A client of Gatehouse's API, typed by its OpenAPI document. Needs Python 3.10 or later and nothing else."""

from ._client import Cancelled, Gatehouse, LaterCall, pages
from ._http import Answer
from ._refusal import Refusal

__all__ = ["Answer", "Cancelled", "Gatehouse", "LaterCall", "Refusal", "pages"]
