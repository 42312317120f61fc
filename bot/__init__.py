"""The shared core: nouns, use cases, the line, the store. It knows no chat, no HTTP and no ComfyUI."""
