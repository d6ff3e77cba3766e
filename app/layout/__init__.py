"""Pure geometry: arrays in, arrays out. Numpy and the standard library only."""
