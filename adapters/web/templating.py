"""The pages' templates, and the sentences in them."""

from collections.abc import Callable
from functools import cache, partial

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from adapters.web.assets import Assets
from bot.words import Words

Say = Callable[..., str]


class Templates:
    """Renders the pages. Whatever is filled in is escaped."""

    def __init__(self, words: Words, assets: Assets) -> None:
        """Take the catalogue, and the files that the pages name."""
        self.assets = assets
        self.words = words
        self._say = cache(words.say)  # a page's sentences never change: formatted once a language

    def get(self, name: str) -> Template:
        """A template by its file's name; it is read once."""
        return _environment().get_template(name)

    def render(self, name: str, language: str, **values: object) -> str:
        """A page in a language; it finds its words as ``say(key)``, its files as ``assets``."""
        return self.get(name).render(language=language, say=self.say(language), assets=self.assets, **values)

    def say(self, language: str) -> Say:
        """Says sentences of one language."""
        return partial(self._say, language)

    def script_words(self, language: str, prefix: str) -> dict[str, str]:
        """The sentences that a page's script says."""
        return dict(self.words.section(language, prefix))


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("adapters.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
