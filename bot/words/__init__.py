"""Every sentence that a guest sees, by key, in each language, with plural rules (Project Fluent).

The catalogue is ``bot/words/<language>/*.ftl``; a file holds the words of one place (the cards, the
guest page, …). English is complete by definition; tests hold every other language against it: the same
keys, the same placeholders.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from babel import Locale, negotiate_locale
from babel.dates import format_date
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast
from fluent.syntax.visitor import Visitor

DEFAULT_LANGUAGE = "en"


class _Placeholders(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.messages: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 # the visitor's name
        self.names.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802 # the visitor's name
        self.messages.add(node.id.name)


class Words:
    """The catalogue, read once from the package's ``.ftl`` files."""

    def __init__(self) -> None:
        """Read all languages; English comes first."""
        found = {entry.name for entry in files(__package__).iterdir() if entry.is_dir()}
        names = sorted(name for name in found if not name.startswith("_"))
        self.languages: tuple[str, ...] = tuple(sorted(names, key=lambda name: name != DEFAULT_LANGUAGE))
        self._messages = {language: dict(_read(language)) for language in self.languages}
        self._bundles = {language: self._bundle(language) for language in self.languages}

    def _bundle(self, language: str) -> FluentBundle:
        bundle = FluentBundle([language], use_isolating=False)
        bundle.add_resource(ast.Resource(body=list(self._messages[language].values())))
        return bundle

    def say(self, language: str, key: str, /, **values: str | float) -> str:
        """The sentence of ``key``, filled with ``values``.

        A language that we don't speak reads as English.

        Raises:
            LookupError: no language has this key, or a placeholder got no value.
        """
        bundle = self._bundles.get(language, self._bundles[DEFAULT_LANGUAGE])
        if not bundle.has_message(key):
            bundle = self._bundles[DEFAULT_LANGUAGE]
        pattern = bundle.get_message(key).value
        if pattern is None:
            raise LookupError(key)
        text, errors = bundle.format_pattern(pattern, values)
        if errors:
            raise LookupError(key) from errors[0]
        return str(text)

    def has(self, key: str) -> bool:
        """Whether English knows this key."""
        return key in self._messages[DEFAULT_LANGUAGE]

    def keys(self, language: str) -> frozenset[str]:
        """All keys that a language has."""
        return frozenset(self._messages[language])

    def placeholders(self, language: str, key: str) -> frozenset[str]:
        """The names that a sentence is filled with, and the sentences that it holds."""
        visitor = _Placeholders()
        visitor.visit(self._messages[language][key])
        within = (self.placeholders(language, message) for message in visitor.messages)
        return frozenset(visitor.names).union(*within)

    def section(self, language: str, prefix: str) -> Mapping[str, str]:
        """The sentences without placeholders whose key begins with ``prefix``, for a page's script."""
        return MappingProxyType(
            {
                key: self.say(language, key)
                for key in sorted(self._messages[DEFAULT_LANGUAGE])
                if key.startswith(prefix) and not self.placeholders(DEFAULT_LANGUAGE, key)
            }
        )

    def negotiate(self, preferred: Sequence[str]) -> str:
        """The best of our languages for language tags in order of preference, e.g. ``["de-AT", "en"]``."""
        tags = [tag.replace("_", "-") for tag in preferred if tag]
        return negotiate_locale(tags, self.languages, sep="-") or DEFAULT_LANGUAGE

    def day(self, language: str, when: date) -> str:
        """A date as the language writes it, medium length."""
        return format_date(when, format="medium", locale=Locale(language))


def _read(language: str) -> Iterator[tuple[str, ast.Message]]:
    for entry in sorted(files(__package__).joinpath(language).iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".ftl"):
            yield from _messages(FluentResource(entry.read_text(encoding="utf-8")).body, entry.name)


def _messages(body: Iterable[ast.EntryType], name: str) -> Iterator[tuple[str, ast.Message]]:
    for item in body:
        if isinstance(item, ast.Junk):
            raise ValueError(f"{name}: can't read {item.content!r}")  # noqa: TRY004 # the file is wrong
        if isinstance(item, ast.Message):
            yield item.id.name, item


@cache
def words() -> Words:
    """The one catalogue of this process."""
    return Words()
