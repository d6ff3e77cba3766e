"""Numbers over frames: moves, flows, known people, levels, build-out, and a lens applied. Imports only `domain`."""
