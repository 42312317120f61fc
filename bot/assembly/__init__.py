"""How the core's parts are put together, once it is decided which renderers, chats and database there are."""
