"""Clients of ComfyUI as programs of their own: a pickled wish on standard input, JSON on standard output."""
