"""What ``petaflop doctor`` looks at: this machine, the platforms, each ComfyUI; nothing is changed there.

asking ◄── accounts ◄── platforms: questions over HTTP, who a token belongs to, how that fits the settings.
findings ◄── machine, platforms, servers: all tell a :class:`~adapters.doctor.findings.Finding` a thing.
"""
