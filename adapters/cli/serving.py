"""``petaflop demo`` and ``petaflop serve``."""

import os

import click

from adapters.cli.options import AsWritten, talkative
from adapters.cli.running import run, wants_browser
from adapters.settings import Settings, load_settings, variable


def _settings_help() -> str:
    rows = [f"  {variable(name)}\n      {field.description}" for name, field in Settings.model_fields.items()]
    return "Settings are environment variables:\n" + "\n".join(rows)


@click.command(cls=AsWritten, epilog=_settings_help())
@click.option("--no-browser", is_flag=True, help="Do not open the page, even when there is a screen.")
@talkative()
def demo(*, no_browser: bool) -> None:
    """Open the booth on this machine, to try it out.

    Serves the guest page at http://127.0.0.1:8080 with the instant filters:
    no token, no GPU, no ComfyUI. Every setting that is given is honoured;
    health and metrics are off unless PETAFLOP_OPS_PORT is given. Photos and
    pictures lie in ./data: photos for an hour, pictures for a day.

    Examples:
      petaflop demo
      PETAFLOP_PORT=0 petaflop demo          a free port, printed
      PETAFLOP_HOST=0.0.0.0 petaflop demo    prints a code that phones scan
    """
    given = {name: value for name, value in os.environ.items() if value}
    settings = load_settings({variable("ops_port"): "0", **given})
    run(settings, demo=True, browser=wants_browser(os.environ) and not no_browser)


@click.command(cls=AsWritten, epilog=_settings_help())
@talkative(quiet_level=1)  # a server's log is read later
def serve() -> None:
    """Run the booth until it is told to end: Ctrl-C or SIGTERM, twice to force it.

    Photos that wait or are being painted are kept, and go on at the next start.

    Examples:
      petaflop serve
      PETAFLOP_COMFY_URLS=http://spark.local:8188 petaflop serve
    Next: open http://127.0.0.1:9090/readyz, which answers once it is ready.
    """
    run(load_settings(os.environ), demo=False, browser=False)
