"""What the window works on: the current document, its clock, jobs in the background. QtCore at most."""
