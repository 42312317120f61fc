"""``petaflop rehearse``: made-up guests with real photos, through the real booth, before the real ones come.

figures ◄── guests, chat, watch ◄── rehearse: everything is real but the guests, their chat, and the data
directory, which is a temporary one.
"""
