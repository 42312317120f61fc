"""The rows: each a module with one :class:`~tests.bench.figures.Row`."""

from tests.bench.figures import Row
from tests.bench.rows.burst import BURST
from tests.bench.rows.comfy import COMFY
from tests.bench.rows.filters import FILTERS
from tests.bench.rows.guests import GUESTS
from tests.bench.rows.intake import INTAKE
from tests.bench.rows.page import PAGE
from tests.bench.rows.servers import SERVERS_ROW
from tests.bench.rows.start import START

ROWS: tuple[Row, ...] = (INTAKE, FILTERS, GUESTS, START, PAGE, COMFY, BURST, SERVERS_ROW)
