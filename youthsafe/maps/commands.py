"""`youthsafe basemap`: makes a borough's base map."""

import json
from pathlib import Path
from typing import Any

import click

from youthsafe.maps.basemap import BasemapError
from youthsafe.maps.building import build as build_basemap
from youthsafe.maps.dissolving import DissolvingError


@click.group()
def basemap() -> None:
    """Make the map that havens are shown on."""


@basemap.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Where to write.")
@click.option("--name", default="Borough", show_default=True, help="What the outline is called.")
def build(files: tuple[Path, ...], output: Path, name: str) -> None:
    """Make a base map from boundary FILES (GeoJSON, longitude and latitude).

    The areas are joined to one outline. Features with a “layer”, such as those of an older base map, are kept.
    """
    collections = []
    for number, file in enumerate(files, 1):
        click.echo(f"Reading {file} ({number} of {len(files)})")
        collections.append(_read(file))
    try:
        made = build_basemap(collections, name)
    except (BasemapError, DissolvingError) as error:
        raise click.ClickException(f"{error}. Nothing was written.") from None
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in made["features"])
    sketch = json.dumps(made["sketch"])
    output.write_text(
        f'{{\n"type": "FeatureCollection",\n"sketch": {sketch},\n"features": [\n{lines}\n]\n}}\n', encoding="utf-8"
    )
    rings = made["features"][0]["geometry"]["coordinates"]
    click.echo(f"Wrote {output}: an outline of {len(rings)} part(s), {len(made['features']) - 1} features inside.")


def _read(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise click.ClickException(f"{file} cannot be read as GeoJSON: {error}") from None
