"""The folder of a demonstration: its database, its server secret, and what a person needs to sign in.

It is made inside a folder of its own and moved into place with the database last, so a database is there only
when everything is.
"""

import os
import secrets
import shutil
from collections.abc import Iterable
from configparser import ConfigParser
from dataclasses import dataclass
from pathlib import Path

from youthsafe.accounts.second_factor import readable
from youthsafe.config import SECRET_BYTES
from youthsafe.crypto.encoding import b64, unb64
from youthsafe.crypto.keys import fingerprint
from youthsafe.demo.ceremony import Kit, Person
from youthsafe.demo.primitives import Root, root_of, root_private, root_public
from youthsafe.demo.words import kit_to_line, kit_to_words, word_list

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
_WARNING = "# DEMONSTRATION. These keys and sign-ins are public: anybody with this folder can read every report.\n"


class FolderError(Exception):
    """The folder cannot be used as it is; the message says what to do."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """What one made-up member types: name, six words, and a code made from the base32 TOTP secret."""

    name: str
    role: str
    words: str
    totp: str


@dataclass(frozen=True, slots=True)
class Folder:
    """Where the files of a demonstration are."""

    path: Path

    @property
    def database(self) -> Path:
        """The SQLite file; when it is there, so is everything else."""
        return self.path / "youthsafe.db"

    @property
    def secret(self) -> Path:
        """The server secret, 64 hexadecimal digits."""
        return self.path / "secret"

    @property
    def sign_ins(self) -> Path:
        """Names, words and TOTP secrets."""
        return self.path / "demo-sign-in.txt"

    @property
    def kit(self) -> Path:
        """The recovery kit."""
        return self.path / "demo-recovery-kit.txt"

    @property
    def database_url(self) -> str:
        """The address of the database for YOUTHSAFE_DATABASE_URL."""
        return f"sqlite:///{self.database.resolve()}"

    @property
    def is_ready(self) -> bool:
        """Whether a demonstration is here, whole; raises FolderError for one that lacks a file."""
        missing = [each.name for each in self._files() if not each.exists()]
        if missing and len(missing) < len(self._files()) and not self._part.exists():
            raise FolderError(
                f"{self.path} holds only a part of a demonstration: {', '.join(missing)} is missing. "
                "Delete the folder, or choose another one with --data-dir."
            )
        return not missing

    @property
    def is_ready_empty(self) -> bool:
        """Whether one is here that somebody sets up; raises FolderError for one with sign-ins of its own."""
        if self.sign_ins.exists():
            raise FolderError(
                f"{self.path} holds a demonstration that is set up already. Choose another folder with --data-dir."
            )
        return self.secret.exists() and self.database.exists()

    def begin(self) -> "Folder":
        """Return an empty folder to prepare in; what a killed preparation left behind goes first."""
        self.path.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        self.path.chmod(PRIVATE_FOLDER)
        shutil.rmtree(self._part, ignore_errors=True)
        self._part.mkdir(mode=PRIVATE_FOLDER)
        return Folder(self._part)

    def finish(self) -> None:
        """Move what was prepared into place, the database last."""
        for file in self._files():
            if (self._part / file.name).exists():
                (self._part / file.name).replace(file)
        self._part.rmdir()

    @property
    def _part(self) -> Path:
        return self.path / "preparing"

    def _files(self) -> tuple[Path, ...]:
        return self.secret, self.sign_ins, self.kit, self.database

    def new_secret(self) -> bytes:
        """Make the server secret, write it down and return its 32 bytes."""
        secret = secrets.token_bytes(SECRET_BYTES)
        write_private(self.secret, secret.hex() + "\n")
        return secret

    def read_secret(self) -> bytes:
        """Return the server secret's 32 bytes."""
        return bytes.fromhex(self.secret.read_text(encoding="ascii"))

    def write_sign_ins(self, people: Iterable[Person]) -> None:
        """Write down what the made-up members would remember."""
        write_private(self.sign_ins, _WARNING + "\n" + "\n".join(_section(each) for each in people))

    def read_sign_ins(self) -> list[SignIn]:
        """Return what was written down, in the same order."""
        parser = ConfigParser(interpolation=None)
        parser.read_string(self.sign_ins.read_text(encoding="utf-8"))
        found = ((name, parser[name]) for name in parser.sections())
        return [SignIn(name, values["role"], values["words"], values["totp"]) for name, values in found]

    def write_kit(self, kit: Kit) -> None:
        """Write down the recovery kit as it would stand on paper, and the root besides."""
        lines = (
            f"kit words          {kit_to_words(kit.secret, word_list())}",
            f"kit line           {kit_to_line(kit.secret)}",
            f"root private key   {b64(root_private(kit.root))}",
            f"root fingerprint   {b64(fingerprint(root_public(kit.root)))}",
        )
        write_private(self.kit, _WARNING + "\n" + "\n".join(lines) + "\n")

    def read_root(self) -> Root:
        """Return the root, with which a demonstration signs anew; a real kit lies in a safe and never on a server."""
        lines = self.kit.read_text(encoding="utf-8").splitlines()
        number = next(line.split()[-1] for line in lines if line.startswith("root private key"))
        return root_of(unb64(number, 32))


def _section(person: Person) -> str:
    lines = (
        f"[{person.name}]",
        f"role = {person.role.name.lower()}",
        f"words = {person.words}",
        f"totp = {readable(person.totp_secret)}",
    )
    return "\n".join(lines) + "\n"


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whatever the umask; refuses to overwrite."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE), "w", encoding="utf-8") as file:
        file.write(text)
