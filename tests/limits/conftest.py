from tests.accounts.office import made

__all__ = ["made"]
