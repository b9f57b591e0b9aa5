"""`foedus codebook`: the codebook as pages."""

from typing import Annotated

import typer

from foedus.cli.options import CodebookOption

EXAMPLE = "Examples: foedus codebook agreement; foedus codebook -o codebook/"


def codebook(
    page: Annotated[
        str | None,
        typer.Argument(
            metavar="[TYPE]", help="A claim type (agreement), or `actors`. [default: the overview]"
        ),
    ] = None,
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar="DIR", help="Write all pages into this folder.")
    ] = None,
    codebook: CodebookOption = None,
) -> None:
    """Show the rules that claims are coded by: definitions, cues, examples, look-alikes; the actors."""
    from foedus.cli.files import make_folder
    from foedus.codebook import load_codebook, render_codebook
    from foedus.errors import ConfigError
    from foedus.export import write_whole
    from foedus.facade import make_settings

    pages = render_codebook(load_codebook(make_settings(codebook=codebook).codebook, examples=True))
    if output is not None:
        folder = make_folder(output)
        for name, text in pages.items():
            with write_whole(folder / name) as file:
                file.write(text)
        return
    name = f"{page}.md" if page else next(iter(pages))
    if name not in pages:
        known = ", ".join(name.removesuffix(".md") for name in [*pages][1:])
        raise ConfigError(f'the codebook has no page "{page}"; there are {known}')
    typer.echo(pages[name])
