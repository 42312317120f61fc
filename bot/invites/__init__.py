"""Invites: what leads guests to the booth, as links, as codes, and as a poster that hangs somewhere.

    Invite ──► payload ──► links ──► codes ──► card, poster
               (what a scanned code says)      (a sheet of marks, drawn as pixels or as PDF)

Everything here is pure: what ways into the booth there are (:class:`~bot.invites.links.Ways`) is handed in.
"""
