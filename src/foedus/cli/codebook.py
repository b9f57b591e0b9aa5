"""`foedus codebook`: the codebook as pages."""

from typing import Annotated

import typer

from foedus.cli.options import CodebookOption

EXAMPLE = "Example: foedus codebook -o codebook/"


def codebook(
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="DIR", help="A folder for one page a type. [default: screen]"),
    ] = None,
    codebook: CodebookOption = None,
) -> None:
    """Show the codebook: each claim type with its definition, cues, examples and look-alikes; the actors."""
    from foedus.cli.files import make_folder
    from foedus.codebook import load_codebook, render_codebook
    from foedus.export import write_whole
    from foedus.facade import make_settings

    pages = render_codebook(load_codebook(make_settings(codebook=codebook).codebook))
    if output is None:
        for text in pages.values():
            typer.echo(text)
        return
    folder = make_folder(output)
    for name, text in pages.items():
        with write_whole(folder / name) as file:
            file.write(text)
