"""Settings: read once from the environment, validated, and passed on as one frozen value.

An empty variable counts as not given. Names are those of the fields, upper case, after ``PETAFLOP_``.
"""

import difflib
import logging
import os
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from adapters import notation
from adapters.notation import LogFormat
from bot.errors import SetupError
from bot.nouns import GuestKey

PREFIX = "PETAFLOP_"
_log = logging.getLogger(__name__)


def _written(parse: Callable[[str], object]) -> BeforeValidator:
    """Parse text; a value that a caller in Python gives passes through."""
    return BeforeValidator(lambda value: parse(value.strip()) if isinstance(value, str) else value)


Count = Annotated[int, _written(notation.count)]
Duration = Annotated[timedelta, _written(notation.duration)]
Port = Annotated[int, _written(notation.port)]
Switch = Annotated[bool, _written(notation.switch)]
Token = Annotated[SecretStr | None, _written(notation.token)]
WebUrl = Annotated[str, _written(notation.web_url)]


def _sqlite_in_data_dir(validated: dict[str, Any]) -> sa.URL:
    return sa.URL.create("sqlite+aiosqlite", database=str(validated["data_dir"] / "petaflop.db"))


class Settings(BaseSettings):
    """What the owner decides. Each field tells its unit or reason, and how it may look.

    Durations are :class:`~datetime.timedelta`, sizes are bytes, URLs have no trailing slash.
    """

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        env_prefix=PREFIX,
        arbitrary_types_allowed=True,  # SQLAlchemy's URL
        hide_input_in_errors=True,
    )

    data_dir: Annotated[Path, _written(notation.directory)] = Field(
        Path("data"), description="database and pictures", examples=["/var/lib/petaflop"]
    )
    database_url: Annotated[sa.URL, _written(notation.database)] = Field(
        default_factory=_sqlite_in_data_dir,
        description="PostgreSQL for several replicas; SQLite in the data directory otherwise",
        examples=["postgresql://petaflop:password@db.local/petaflop"],
        repr=False,  # it may hold a password
    )
    comfy_urls: Annotated[tuple[str, ...], _written(notation.web_urls)] = Field(
        (),
        description="ComfyUI servers, comma-separated; none: instant filters only",
        examples=["http://spark.local:8188"],
    )
    public_url: Annotated[str | None, _written(notation.origin)] = Field(
        None,
        description="where the world reaches this program; none: no webhooks, but polling and gateway",
        examples=["https://booth.ngrok.app"],
    )
    host: Annotated[str, _written(notation.host)] = Field(
        "127.0.0.1",
        description="address of page and webhooks; only this machine, unless the owner opens it",
        examples=["0.0.0.0"],  # noqa: S104 # what an owner may choose
    )
    port: Port = Field(
        8080, description="port of page and webhooks; 0 takes a free one and prints it", examples=["8080"]
    )
    ops_port: Port = Field(
        9090,
        description="health and metrics on the same host, never through the tunnel; 0 is off",
        examples=["9090"],
    )
    trusted_proxies: Annotated[tuple[notation.Network, ...], _written(notation.networks)] = Field(
        (), description="networks whose X-Forwarded-For is believed", examples=["10.42.0.0/16,192.168.8.1"]
    )
    guest_limit: Count = Field(
        5,
        description="unfinished jobs a guest, so that one phone can't fill the line; 0 is off",
        examples=["5"],
    )
    address_limit: Count = Field(
        120,
        description="posts a minute an address; high, as a venue's whole Wi-Fi may share one; 0 is off",
        examples=["120"],
    )
    max_upload: Annotated[int, _written(notation.size)] = Field(
        20 * 2**20, description="bytes a photo; a phone's largest JPEG has about 15 MiB", examples=["20 MiB"]
    )
    secret: Token = Field(
        None,
        description="signs cookies, derives the webhook's secret; one for all replicas; none: made once",
        examples=["the output of: openssl rand -hex 32"],
    )
    telegram_token: Token = Field(
        None, description="from @BotFather; none: Telegram is off", examples=["123456:ABC-DEF"]
    )
    telegram_api_url: WebUrl = Field(
        "https://api.telegram.org",
        description="root of the Bot API; another one for tests and self-hosted servers",
        examples=["https://api.telegram.org"],
    )
    discord_token: Token = Field(
        None, description="from the developer portal; none: Discord is off", examples=["a bot's token"]
    )
    discord_public_key: Annotated[str | None, _written(notation.ed25519_key)] = Field(
        None,
        description="turns on HTTP interactions; none: the gateway only",
        examples=["64 hexadecimal digits"],
    )
    discord_gateway: Switch = Field(True, description="0: HTTP interactions only", examples=["1"])
    discord_api_url: WebUrl = Field(
        "https://discord.com/api/v10",
        description="root of the REST API, version included",
        examples=["https://discord.com/api/v10"],
    )
    discord_gateway_url: Annotated[str | None, _written(notation.socket_url)] = Field(
        None,
        description="the gateway; none: the one that the API names",
        examples=["wss://gateway.discord.gg"],
    )
    discord_invite: Annotated[str | None, _written(notation.discord_invite)] = Field(
        None,
        description="the event's server, for codes and posters; none: what adds the bot",
        examples=["https://discord.gg/petaflop"],
    )
    previews: Switch = Field(
        True, description="0: no previews while rendering, for slow uplinks", examples=["1"]
    )
    maintainers: Annotated[tuple[GuestKey, ...], _written(notation.maintainers)] = Field(
        (),
        description="who may change styles; or claimed with a one-time code",
        examples=["telegram:123,discord:456"],
    )
    allowed_nodes: Annotated[tuple[str, ...], _written(notation.node_types)] = Field(
        (),
        description="custom nodes that maintainers' workflows may hold: types, or whole packs; none: only "
        "ComfyUI's own",
        examples=["custom_nodes.ComfyUI-Impact-Pack,FaceDetailer"],
    )
    forbidden_nodes: Annotated[tuple[str, ...], _written(notation.node_types)] = Field(
        (),
        description="node types that they may not hold, besides those that read, write, or run code",
        examples=["*Upscale*"],
    )
    offer_preflight: Switch = Field(
        False, description="1: the model-free comfy-pixel and comfy-warhol are for guests too", examples=["0"]
    )
    event: Annotated[str, _written(notation.title)] = Field(
        "PETaflop", description="name on frames, posters and kiosk", examples=["PyCon 2026"]
    )
    poster_colours: Annotated[tuple[str, str, str], _written(notation.colours)] = Field(
        ("#11121e", "#22d3ee", "#ff3b7b"),
        description="of posters: behind the headline, the event's name on it, the steps' numbers",
        examples=["#11121e,#22d3ee,#ff3b7b"],
    )
    keep_photos: Duration = Field(
        timedelta(hours=1),
        description="then photos are erased: long enough for another style",
        examples=["1h"],
    )
    keep_pictures: Duration = Field(
        timedelta(hours=24),
        description="then pictures are erased: long enough to come back",
        examples=["24h"],
    )
    keep_shared: Annotated[timedelta | None, _written(notation.duration)] = Field(
        None,
        description="how long a picture is shared; none: until unshared or the event is closed",
        examples=["7d"],
    )
    open_gallery: Switch = Field(
        False, description="1: the gallery is let through the tunnel", examples=["0"]
    )
    log_format: Annotated[LogFormat, _written(notation.log_format)] = Field(
        "text",
        description="text for people, json for what collects logs: one object a line",
        examples=["json"],
    )

    @model_validator(mode="after")
    def _two_ports(self) -> "Settings":
        if self.port and self.port == self.ops_port:
            raise ValueError(
                f"{PREFIX}OPS_PORT is the same as {PREFIX}PORT: two servers can't share one port"
            )
        return self

    @model_validator(mode="after")
    def _a_way_in(self) -> "Settings":
        if self.discord_token and not (self.discord_gateway or self.discord_public_key):
            raise ValueError(
                f"{PREFIX}DISCORD_GATEWAY=0 leaves Discord no way in: set {PREFIX}DISCORD_PUBLIC_KEY "
                "to take interactions over HTTP, or leave the gateway on"
            )
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 # pydantic-settings' signature
        init_settings: PydanticBaseSettingsSource,
        *_others: PydanticBaseSettingsSource,
        **_more: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take only what is handed over: reading the environment is :func:`load_settings`'s, once."""
        return (init_settings,)


class _Environ(PydanticBaseSettingsSource):
    """The variables of a mapping, by field; empty ones are left out."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        super().__init__(Settings)
        self._environ = environ

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[str | None, str, bool]:  # noqa: ARG002
        return self._environ.get(variable(field_name), "").strip() or None, field_name, False

    def __call__(self) -> dict[str, Any]:
        found = {name: self.get_field_value(field, name)[0] for name, field in Settings.model_fields.items()}
        return {name: value for name, value in found.items() if value is not None}


def load_settings(environ: Mapping[str, str], **overrides: object) -> Settings:
    """Validate the settings of an environment; warn of variables with our prefix that nobody reads.

    Args:
        environ: Usually ``os.environ``.
        overrides: Fields that are decided otherwise, e.g. ``port=0``.

    Raises:
        SetupError: one line that names the variable, what is wrong with it, and an example; never its value.
    """
    for stranger in strangers(environ):
        _log.warning("%s", stranger)
    try:
        return Settings(**{**_Environ(_without_service_links(environ))(), **overrides})
    except ValidationError as error:
        raise SetupError(_line(error), os.EX_CONFIG) from None  # the cause would show the value


def variable(field: str) -> str:
    """The environment variable of a field: ``PETAFLOP_PORT`` for ``port``."""
    return PREFIX + field.upper()


def unknown_variables(environ: Mapping[str, str]) -> list[str]:
    """Names with our prefix that are no setting: most likely misspelt."""
    known = {variable(field) for field in Settings.model_fields}
    return sorted(name for name in environ if name.startswith(PREFIX) and name not in known)


def strangers(environ: Mapping[str, str]) -> list[str]:
    """A sentence on each variable with our prefix that nobody reads."""
    return [
        f"{name} is not a setting{_nearest(name)}"
        for name in unknown_variables(_without_service_links(environ))
    ]


def _without_service_links(environ: Mapping[str, str]) -> dict[str, str]:
    """Leave out what Kubernetes puts into a pod for a Service named ``petaflop``.

    It sets ``PETAFLOP_PORT=tcp://10.…:80``, ``PETAFLOP_PORT_80_TCP=…``, ``PETAFLOP_SERVICE_HOST=…`` unless
    the pod says ``enableServiceLinks: false`` (Kubernetes: Accessing Services, environment variables).
    """
    links = (f"{PREFIX}SERVICE_", f"{PREFIX}PORT_")
    return {
        name: value
        for name, value in environ.items()
        if not name.startswith(links) and not (name == variable("port") and value.startswith("tcp://"))
    }


def _nearest(name: str) -> str:
    similar = difflib.get_close_matches(name.removeprefix(PREFIX).lower(), Settings.model_fields, n=1)
    return f"; did you mean {variable(similar[0])}?" if similar else ""


def _line(error: ValidationError) -> str:
    """The first problem whole, the others by name."""
    first, *others = error.errors(include_url=False, include_input=False)
    problem = str(first.get("ctx", {}).get("error") or first["msg"])
    if not first["loc"]:
        return f"{problem}."
    field = str(first["loc"][0])
    examples = Settings.model_fields[field].examples or [""]
    also = ", ".join(sorted({variable(str(other["loc"][0])) for other in others if other["loc"]}))
    more = f" Also wrong: {also}." if also else ""
    return f"{variable(field)} {problem}. Example: {variable(field)}={examples[0]}{'.' if more else ''}{more}"
