"""Scene → devices: the painter of screen, PNG and PDF, and the writer of SVG. Colours live here, and only here."""
