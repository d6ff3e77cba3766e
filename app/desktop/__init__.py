"""The window: Qt widgets around the pictures. The frame paints first; everything heavy is loaded behind it."""
