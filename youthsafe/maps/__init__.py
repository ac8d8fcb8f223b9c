"""Maps: from GeoJSON to one inline SVG. Needs neither Flask nor a database."""
