from tests.accounts.office import made, office

__all__ = ["made", "office"]
