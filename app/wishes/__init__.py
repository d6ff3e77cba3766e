"""Pictures as files: what one shall be, said as a command, whether a command line or a window asks; and how it is made.
Whatever is written is what its command makes again. QtCore at most, until pixels are painted."""
