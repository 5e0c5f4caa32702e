"""The corpus folder kept by its users: files put in, replaced, renamed, taken out, looked into, watched."""
