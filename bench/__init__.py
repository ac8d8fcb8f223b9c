"""What the product costs beside a bare Flask application: `make bench`."""
