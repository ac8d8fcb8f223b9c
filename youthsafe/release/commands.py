"""`youthsafe verify-site`: compares a server with a release, from outside."""

from contextlib import closing
from pathlib import Path

import click

from youthsafe.config import PACKAGED_CONTENT
from youthsafe.release.comparing import Findings, compare
from youthsafe.release.hashes import HashesError, read_hashes
from youthsafe.release.rendering import rendered
from youthsafe.release.served import Site, SiteError

_STEP = 50
_A_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_A_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("verify-site")
@click.argument("url")
@click.option("--root", help="The fingerprint of the root that signs the site's keys, as it was printed and shared.")
@click.option("--content", type=_A_FOLDER, default=PACKAGED_CONTENT, help="The site's content pack, if it has its own.")
@click.option("--demo", is_flag=True, help="The site is a demonstration.")
@click.option("--public-url", help="The address that the site was told of itself, where that is not URL.")
@click.option("--language", "languages", multiple=True, help="Compare only this language; may be given again.")
@click.option(
    "--hashes", type=_A_FILE, help="The published SHA256SUMS of the release: tells whether this command is of the same."
)
def verify_site(  # noqa: PLR0917  # click calls it by names
    url: str,
    root: str | None,
    content: Path,
    demo: bool,
    public_url: str | None,
    languages: tuple[str, ...],
    hashes: Path | None,
) -> None:
    """Compare what the server at URL delivers with what the release of this command would; 1 when something differs."""
    try:
        with (
            closing(Site(url)) as site,
            rendered(content, demo=demo, public_url=public_url or site.address, languages=languages) as release,
        ):
            if hashes is not None and read_hashes(hashes) != release.hashes:
                raise HashesError(f"{hashes} is of another release than this command: install that release first")
            found = compare(site, release, root, _tell)
    except (HashesError, SiteError) as error:
        raise click.ClickException(str(error)) from None
    _say(url, found, root)


def _say(url: str, found: Findings, root: str | None) -> None:
    for each in found.differs:
        click.echo(each)
    if found.root and root is None:
        click.echo(
            f"The root that signs the keys is {found.root}: give it with --root, from somewhere else than the site."
        )
    if not found.root and root is not None:
        click.echo(
            "The form takes no reports at the moment, so no keys are handed out, and their root was not compared. "
            "Compare again when the form is open."
        )
    looked = f"{found.pages} pages and {found.files} files"
    if found.differs:
        raise click.ClickException(
            f"{url} does not deliver the release: {len(found.differs)} things differ ({looked})."
        )
    click.echo(f"{url} delivers the release to this computer: {looked} compared.")


def _tell(steps: int) -> None:
    if steps % _STEP == 0:
        click.echo(f"{steps} compared", err=True)
