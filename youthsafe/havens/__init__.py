"""Safe Havens: places where a young person can walk in and ask for help."""
