"""From Discord to the inbox: gateway and HTTP, translated into our words, written down."""
