"""The real reverse proxies, each started from its file in `deploy/` with other ports, paths and a certificate."""

import http.client
import socket
import ssl
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tests.anonymity.canaries import OWN_ADDRESS, found_in
from tests.anonymity.pupil import CARRIED
from tests.limits.crowd import Answer
from tests.servers import free_port, wait_for_port

SITE = "youthsafe.example.org"
DEPLOY = Path(__file__).parents[2] / "deploy"
FILES = {"nginx": "nginx.conf", "caddy": "Caddyfile"}

# What is around a site on Debian, writing down all it can: the site's own file has to put a stop to it.
AROUND_NGINX = """
user root; daemon off; pid {folder}/nginx.pid; worker_processes 2; error_log {folder}/error.log info;
events {{ worker_connections 4096; }}
http {{
    access_log {folder}/access.log; gzip on; gzip_types *; ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;
    client_body_temp_path {folder}/bodies; proxy_temp_path {folder}/answers; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/nginx.conf;
}}
"""


@dataclass(frozen=True)
class Proxy:
    """A running proxy, asked over TLS from any loopback address; every one of them is a network of its own."""

    kind: str
    folder: Path
    port: int
    plain_port: int

    def connect(self, address: str = OWN_ADDRESS, protocols: tuple[str, ...] = ("http/1.1",)) -> ssl.SSLSocket:
        """Open a connection that trusts this proxy's certificate and no other."""
        trust = ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))
        trust.set_alpn_protocols(list(protocols))
        plain = socket.create_connection(("127.0.0.1", self.port), 60, (address, 0))
        return trust.wrap_socket(plain, server_hostname=SITE)

    def ask(
        self, path: str, body: bytes | None = None, *, address: str = OWN_ADDRESS, plain: bool = False, **more: str
    ) -> Answer:
        """Ask once, with every canary in the headers."""
        connection = http.client.HTTPConnection(SITE)
        opened = socket.create_connection(("127.0.0.1", self.plain_port), 60, (address, 0)) if plain else None
        connection.sock = opened or self.connect(address)
        with closing(connection):
            extra = {name.replace("_", "-"): value for name, value in more.items()}
            connection.request("GET" if body is None else "POST", path, body, CARRIED | extra)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())

    def written(self) -> set[str]:
        """The canaries in everything that lies in the proxy's folder."""
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        return {name for path in files for name in found_in(path.read_bytes())}


@contextmanager
def running(kind: str, folder: Path, upstream: int, changed: Mapping[str, str] | None = None) -> Iterator[Proxy]:
    """Start a proxy in front of a port, from the file in `deploy/` with a few named values replaced; loopback only."""
    folder.mkdir()
    _make_certificate(folder)
    proxy = Proxy(kind, folder, free_port(), free_port())
    text = (DEPLOY / FILES[kind]).read_text(encoding="utf-8")
    for named, value in (_places(proxy, upstream) | (changed or {})).items():
        assert named in text, f"{FILES[kind]} does not say {named!r}"
        text = text.replace(named, value)
    (folder / FILES[kind]).write_text(text, encoding="utf-8")
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(_command(proxy), env=_environment(folder), stdout=output, stderr=output)
        try:
            for port in (proxy.port, proxy.plain_port):
                wait_for_port(port)
            if kind == "nginx":
                _leave_no_room_on_disk(folder)
            yield proxy
        finally:
            process.terminate()
            process.wait(timeout=30)


def _leave_no_room_on_disk(folder: Path) -> None:
    """Let nginx fail where it would put a body or an answer into a file; it takes the file's name away at once."""
    for name in ("bodies", "answers"):
        (folder / name).rmdir()
        (folder / name).touch()


def _places(proxy: Proxy, upstream: int) -> dict[str, str]:
    own = {
        "127.0.0.1:8000": f"127.0.0.1:{upstream}",
        "/etc/youthsafe/fullchain.pem": str(proxy.folder / "fullchain.pem"),
        "/etc/youthsafe/privkey.pem": str(proxy.folder / "privkey.pem"),
        "/etc/youthsafe": str(DEPLOY),
    }
    if proxy.kind == "caddy":
        ports = {"http_port 80": f"http_port {proxy.plain_port}", "https_port 443": f"https_port {proxy.port}"}
        return own | ports | {"0.0.0.0 [::]": "127.0.0.1"}
    return own | {
        "0.0.0.0:80": f"127.0.0.1:{proxy.plain_port}",
        "0.0.0.0:443": f"127.0.0.1:{proxy.port}",
        "[::]:80": f"127.0.0.2:{proxy.plain_port}",
        "[::]:443": f"127.0.0.2:{proxy.port}",
    }


def _command(proxy: Proxy) -> list[str | Path]:
    if proxy.kind == "caddy":
        return ["caddy", "run", "--config", proxy.folder / "Caddyfile", "--adapter", "caddyfile"]
    around = proxy.folder / "around.conf"
    around.write_text(AROUND_NGINX.format(folder=proxy.folder), encoding="utf-8")
    return ["/usr/sbin/nginx", "-c", around]


def _environment(folder: Path) -> dict[str, str]:
    return {"HOME": str(folder), "TMPDIR": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}


def _make_certificate(folder: Path) -> None:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, SITE)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(SITE)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(Encoding.PEM))
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "privkey.pem").write_bytes(secret)
