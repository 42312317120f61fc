"""Renderers: the ComfyUI client and the embedded one."""
