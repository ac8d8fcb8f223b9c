"""One side of the comparison under gunicorn: python -m bench.server baseline|product FOLDER PORT."""

import sys
from pathlib import Path

from bench import baseline, product
from youthsafe.serving import Server, gunicorn_settings

if __name__ == "__main__":
    side, folder, port = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    makers = {
        "baseline": lambda: baseline.create_app(folder, product.ROW_BYTES),
        "product": lambda: product.create_app(folder),
    }
    Server(makers[side], gunicorn_settings(f"127.0.0.1:{port}")).run()
