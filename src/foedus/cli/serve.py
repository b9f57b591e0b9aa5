"""`foedus serve`: the desk in the browser."""

from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.options import CodebookOption, LedgerOption

if TYPE_CHECKING:
    from fastapi import FastAPI

EXAMPLE = "Example: foedus serve --ledger foedus.db --port 8000"

_PORT = 8000


def serve(
    ledger: LedgerOption = None,
    host: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS", help="The address to listen on; only this machine unless told otherwise."
        ),
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="N", min=1, max=65_535, help="The port.")] = _PORT,
    token_file: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Who may judge, and read when not on this machine alone: a line for each person, a name and a token.",
        ),
    ] = None,
    codebook: CodebookOption = None,
) -> None:
    """Open the ledger in the browser: pages, pictures and an API, until Ctrl-C.

    It listens on the loopback address; elsewhere reading needs a token too. Needs the extra: pip install foedus[desk].
    """
    app = make_desk(ledger=ledger, host=host, token_file=token_file, codebook=codebook)
    import uvicorn

    shown = f"[{host}]" if ":" in host else host
    typer.echo(f"The desk is open at http://{shown}:{port} (Ctrl-C closes it)")
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False, timeout_keep_alive=30)


def make_desk(
    *, ledger: str | None, host: str, token_file: str | None, codebook: str | None = None
) -> "FastAPI":
    """The application of the desk.

    Raises:
        MissingExtra: A part of the desk is not installed.
        ConfigError: An argument cannot be used.
        LedgerError: There is no usable ledger.
    """
    from foedus.errors import ConfigError, MissingExtra
    from foedus.facade import open_file

    try:
        import python_multipart  # noqa: F401  (forms)
        import uvicorn  # noqa: F401
        import vl_convert  # noqa: F401

        from foedus.api import Desk
        from foedus.api.readers import load_readers
        from foedus.web.app import is_loopback, make_app
    except ModuleNotFoundError as error:
        raise MissingExtra(
            f'the desk needs "{error.name}", which is not installed; install it with: pip install "foedus[desk]"'
        ) from error
    is_open = is_loopback(host)
    if not is_open and token_file is None:
        raise ConfigError(
            f'on "{host}" others can reach the desk; name who may with --token-file, or leave --host out'
        )
    readers = load_readers(token_file, is_open=is_open)
    opened = open_file(ledger, codebook=codebook)
    return make_app(lambda: Desk(opened, readers), host=host)
