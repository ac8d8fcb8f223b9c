"""`youthsafe verify-site`: compares a server with a release, from outside."""

from contextlib import closing
from pathlib import Path

import click

from youthsafe.release.comparing import compare
from youthsafe.release.hashes import HashesError, read_hashes
from youthsafe.release.site import Site, SiteError
from youthsafe.resources import assets_folder

_STEP = 50


@click.command("verify-site")
@click.argument("url")
@click.option(
    "--hashes",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The published SHA256SUMS of the release; without it, the release that this command belongs to.",
)
def verify_site(url: str, hashes: Path | None) -> None:
    """Compare what the server at URL delivers with a release; ends with status 1 when something differs."""
    try:
        wanted = read_hashes(hashes or assets_folder() / "SHA256SUMS")
        with closing(Site(url)) as site:
            found = compare(site, wanted, _tell)
    except (HashesError, SiteError) as error:
        raise click.ClickException(str(error)) from None
    for each in found.differs:
        click.echo(each)
    looked = f"{found.pages} pages and {found.files} files"
    if found.differs:
        raise click.ClickException(
            f"{url} does not deliver the release: {len(found.differs)} things differ ({looked})."
        )
    click.echo(f"{url} delivers the release to this computer: {looked} compared.")


def _tell(pages: int) -> None:
    if pages % _STEP == 0:
        click.echo(f"{pages} pages read", err=True)
