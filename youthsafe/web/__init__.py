"""The frame around every page: locale in the address, doors, caching, headers, layout."""
