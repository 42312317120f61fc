"""Settings: every variable's default, what it takes, and the one line when it is wrong."""

import logging
import os
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from adapters.settings import Settings, load_settings, unknown_variables, variable
from bot.errors import SetupError

DEFAULTS: dict[str, Any] = {
    "data_dir": Path("data"),
    "comfy_urls": (),
    "public_url": None,
    "host": "127.0.0.1",
    "port": 8080,
    "ops_port": 9090,
    "trusted_proxies": (),
    "guest_limit": 5,
    "address_limit": 120,
    "max_upload": 20 * 1024 * 1024,
    "secret": None,
    "telegram_token": None,
    "telegram_api_url": "https://api.telegram.org",
    "discord_token": None,
    "discord_public_key": None,
    "discord_gateway": True,
    "discord_api_url": "https://discord.com/api/v10",
    "discord_gateway_url": None,
    "discord_invite": None,
    "previews": True,
    "maintainers": (),
    "allowed_nodes": (),
    "forbidden_nodes": (),
    "offer_preflight": False,
    "event": "PETaflop",
    "poster_colours": ("#11121e", "#22d3ee", "#ff3b7b"),
    "keep_photos": timedelta(hours=1),
    "keep_pictures": timedelta(hours=24),
    "keep_shared": None,
    "open_gallery": False,
    "log_format": "text",
}

GIVEN: dict[str, tuple[str, Any]] = {
    "data_dir": ("/var/lib/booth", Path("/var/lib/booth")),
    "comfy_urls": ("http://a:8188/,http://b:8188", ("http://a:8188", "http://b:8188")),
    "public_url": ("https://booth.ngrok.app/", "https://booth.ngrok.app"),
    "host": ("::", "::"),
    "port": ("0", 0),
    "ops_port": ("9191", 9191),
    "trusted_proxies": ("10.42.0.0/16", (ip_network("10.42.0.0/16"),)),
    "guest_limit": ("0", 0),
    "address_limit": ("7", 7),
    "max_upload": ("1 MiB", 1_048_576),
    "secret": ("correct-horse-battery-staple", SecretStr("correct-horse-battery-staple")),
    "telegram_token": ("123:abc", SecretStr("123:abc")),
    "telegram_api_url": ("http://127.0.0.1:8081/", "http://127.0.0.1:8081"),
    "discord_token": ("abc.def", SecretStr("abc.def")),
    "discord_public_key": ("ab" * 32, "ab" * 32),
    "discord_gateway": ("0", False),
    "discord_api_url": ("http://127.0.0.1:8082/api/v10", "http://127.0.0.1:8082/api/v10"),
    "discord_gateway_url": ("ws://127.0.0.1:8083", "ws://127.0.0.1:8083"),
    "discord_invite": ("https://discord.gg/petaflop", "https://discord.gg/petaflop"),
    "previews": ("0", False),
    "maintainers": ("telegram:123,discord:456", ("telegram:123", "discord:456")),
    "allowed_nodes": ("custom_nodes.Pack, FaceDetailer", ("custom_nodes.Pack", "FaceDetailer")),
    "forbidden_nodes": ("*Upscale*", ("*Upscale*",)),
    "offer_preflight": ("1", True),
    "event": ("PyCon 2026", "PyCon 2026"),
    "poster_colours": ("#FFFFFF, #000000,#123abc", ("#ffffff", "#000000", "#123abc")),
    "keep_photos": ("90s", timedelta(seconds=90)),
    "keep_pictures": ("2d", timedelta(days=2)),
    "keep_shared": ("1w", timedelta(weeks=1)),
    "open_gallery": ("1", True),
    "log_format": ("JSON", "json"),
}

WRONG: dict[str, str] = {
    "database_url": "mysql://user:hunter2@db/booth",
    "comfy_urls": "http://a:8188,spark:hunter2",
    "public_url": "http://hunter2.example",
    "host": "hunter2 host",
    "port": "hunter2",
    "ops_port": "70000",
    "trusted_proxies": "hunter2",
    "guest_limit": "-1",
    "address_limit": "hunter2",
    "max_upload": "hunter2",
    "secret": "hunter2 with spaces",
    "telegram_token": "123: hunter2",
    "telegram_api_url": "hunter2",
    "discord_token": "hunter2 \N{BLACK HEART SUIT}",
    "discord_public_key": "hunter2",
    "discord_gateway": "hunter2",
    "discord_api_url": "https://user:hunter2@discord.com",
    "discord_gateway_url": "https://hunter2",
    "discord_invite": "https://evil.example/hunter2",
    "previews": "hunter2",
    "maintainers": "telegram:hunter2",
    "allowed_nodes": "hunter2 " * 20,
    "forbidden_nodes": "hunter2\nhunter2",
    "offer_preflight": "hunter2",
    "event": "hunter2\nhunter2",
    "poster_colours": "hunter2,#000000,#000000",
    "keep_photos": "24",
    "keep_pictures": "hunter2",
    "keep_shared": "hunter2",
    "open_gallery": "hunter2",
    "log_format": "hunter2",
}


def test_every_variable_is_tested_here() -> None:
    names = set(Settings.model_fields)
    assert set(DEFAULTS) == set(GIVEN) == names - {"database_url"}
    assert set(WRONG) == names - {"data_dir"}  # any text is a path


def test_defaults() -> None:
    settings = load_settings({})
    assert {name: getattr(settings, name) for name in DEFAULTS} == DEFAULTS
    assert str(settings.database_url) == "sqlite+aiosqlite:///data/petaflop.db"


@pytest.mark.parametrize("name", GIVEN)
def test_a_given_variable_is_taken(name: str) -> None:
    text, value = GIVEN[name]
    assert getattr(load_settings({variable(name): text}), name) == value


@pytest.mark.parametrize("name", GIVEN)
def test_an_empty_variable_is_not_given(name: str) -> None:
    assert getattr(load_settings({variable(name): " "}), name) == DEFAULTS[name]


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_variable_is_one_line_that_names_it_and_shows_an_example(name: str) -> None:
    with pytest.raises(SetupError) as error:
        load_settings({variable(name): WRONG[name]})
    assert error.value.exit_code == os.EX_CONFIG
    assert error.value.hint.startswith(f"{variable(name)} ")
    assert f"Example: {variable(name)}=" in error.value.hint
    assert "\n" not in error.value.hint
    assert "hunter2" not in error.value.hint


@pytest.mark.parametrize("name", GIVEN)
def test_every_example_that_is_a_value_is_understood(name: str) -> None:
    example = (Settings.model_fields[name].examples or [""])[0]
    assert example
    if " " not in example or name in {"max_upload", "event"}:
        load_settings({variable(name): example})


def test_several_wrong_variables_are_all_named() -> None:
    with pytest.raises(
        SetupError, match=r"^PETAFLOP_PORT .* Also wrong: PETAFLOP_EVENT, PETAFLOP_PREVIEWS\.$"
    ):
        load_settings({"PETAFLOP_PORT": "x", "PETAFLOP_PREVIEWS": "x", "PETAFLOP_EVENT": "x" * 99})


def test_page_and_ops_need_two_ports() -> None:
    with pytest.raises(SetupError, match="PETAFLOP_OPS_PORT is the same as PETAFLOP_PORT"):
        load_settings({"PETAFLOP_PORT": "9090"})
    assert load_settings({"PETAFLOP_PORT": "0", "PETAFLOP_OPS_PORT": "0"}).ops_port == 0


def test_discord_needs_a_way_in() -> None:
    without = {"PETAFLOP_DISCORD_TOKEN": "a-token", "PETAFLOP_DISCORD_GATEWAY": "0"}
    with pytest.raises(SetupError, match="no way in: set PETAFLOP_DISCORD_PUBLIC_KEY") as error:
        load_settings(without)
    assert "a-token" not in error.value.hint
    assert not load_settings({**without, "PETAFLOP_DISCORD_PUBLIC_KEY": "ab" * 32}).discord_gateway
    assert not load_settings({"PETAFLOP_DISCORD_GATEWAY": "0"}).discord_gateway


def test_the_database_lies_in_the_data_dir_unless_it_is_named() -> None:
    here = load_settings({"PETAFLOP_DATA_DIR": "/srv/booth"})
    there = load_settings(
        {"PETAFLOP_DATA_DIR": "/srv/booth", "PETAFLOP_DATABASE_URL": "postgresql://db/booth"}
    )
    assert str(here.database_url) == "sqlite+aiosqlite:////srv/booth/petaflop.db"
    assert str(there.database_url) == "postgresql+asyncpg://db/booth"


def test_overrides_win() -> None:
    assert load_settings({"PETAFLOP_PORT": "8000"}, port=0).port == 0


def test_settings_can_t_be_changed() -> None:
    settings = load_settings({})
    with pytest.raises(ValidationError):
        settings.port = 1


def test_secrets_are_never_shown() -> None:
    settings = load_settings(
        {
            "PETAFLOP_SECRET": "hunter2",
            "PETAFLOP_TELEGRAM_TOKEN": "1:hunter2",
            "PETAFLOP_DISCORD_TOKEN": "hunter2",
            "PETAFLOP_DATABASE_URL": "postgresql://me:hunter2@db/booth",
        }
    )
    assert "hunter2" not in repr(settings) + str(settings)


def test_only_the_given_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PETAFLOP_PORT", "1")
    assert load_settings({}).port == 8080


def test_an_unknown_variable_is_a_warning_with_the_nearest_name(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        load_settings({"PETAFLOP_COMFY_URL": "http://hunter2", "PETAFLOP_XYZZY": "1", "HOME": "/"})
    assert caplog.messages == [
        "PETAFLOP_COMFY_URL is not a setting; did you mean PETAFLOP_COMFY_URLS?",
        "PETAFLOP_XYZZY is not a setting",
    ]


def test_known_variables_are_not_unknown() -> None:
    assert unknown_variables({variable(name): "" for name in Settings.model_fields}) == []


def test_what_kubernetes_sets_for_a_service_of_our_name_is_no_setting(
    caplog: pytest.LogCaptureFixture,
) -> None:
    links = {
        "PETAFLOP_PORT": "tcp://10.43.0.7:80",
        "PETAFLOP_PORT_80_TCP_ADDR": "10.43.0.7",
        "PETAFLOP_SERVICE_HOST": "10.43.0.7",
    }
    assert load_settings(links).port == 8080
    assert not caplog.messages
