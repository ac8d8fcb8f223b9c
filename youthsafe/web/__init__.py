"""The frame around every page: locale in the address, caching, headers, layout."""
