"""The guest page: HTTP, server-sent events and the page itself, as one more chat behind the core's port."""

from adapters.web.app import web_app
from adapters.web.chat import WebChat
from adapters.web.site import WebSite

__all__ = ["WebChat", "WebSite", "web_app"]
