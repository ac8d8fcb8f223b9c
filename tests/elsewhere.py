"""What other processes of a test begin with: the secret of all tests, and a pack that is read at once.

The shipped pack, in five languages, takes forty times as long to read, and many tests start many servers.
"""

from pathlib import Path

SECRET = bytes(range(32))
SMALL_PACK = Path(__file__).parents[1] / "examples/madeupton"
SMALL = {"YOUTHSAFE_CONTENT": str(SMALL_PACK)}  # for a server or command whose pages nobody reads
