"""queue and officer: what waits for a person, and what the person decides."""

from __future__ import annotations

from typing import Annotated

import typer

from marketwarden.cli.options import DEFAULT_HOME, HomeOption, say, write_json

queue = typer.Typer(help="What waits for a person.", no_args_is_help=True)
officer = typer.Typer(help="Who acts under a name.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(queue, name="queue")
    app.add_typer(officer, name="officer")


@queue.command("list")
def list_items(
    home: HomeOption = DEFAULT_HOME,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000)] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Open items, most serious first.

    Example: marketwarden queue list --limit 50
    """
    from marketwarden.bootstrap import open_house
    from marketwarden.queue_view import items_view, print_items

    with open_house(home) as house:
        items = items_view(house, limit=limit)
    if as_json:
        from marketwarden.cli.options import write_lines

        write_lines(items)
    else:
        print_items(items)


@queue.command("show")
def show(item: Annotated[int, typer.Argument(help="Item id.")], home: HomeOption = DEFAULT_HOME) -> None:
    """Everything about one item: text, facts, judgement with reasons, evidence.

    Example: marketwarden queue show 734512309
    """
    from marketwarden.bootstrap import open_house
    from marketwarden.queue_view import item_view

    with open_house(home) as house:
        write_json(item_view(house, item))


@queue.command("decide")
def decide(
    item: Annotated[int, typer.Argument(help="Item id.")],
    verdict: Annotated[str, typer.Option("--verdict", help="A verdict of a decision.")],
    officer_name: Annotated[str, typer.Option("--officer", help="Who decides.")],
    home: HomeOption = DEFAULT_HOME,
    taxon: Annotated[str | None, typer.Option("--taxon", help="Scientific name.")] = None,
    product: Annotated[str | None, typer.Option("--product", help="CITES term code.")] = None,
    quantity: Annotated[str | None, typer.Option("--quantity")] = None,
    unit: Annotated[str | None, typer.Option("--unit")] = None,
    reason: Annotated[str | None, typer.Option("--reason", help="Reason code.")] = None,
    note: Annotated[str | None, typer.Option("--note")] = None,
) -> None:
    """Decide on an item, on the version shown; a later decision supersedes, nothing is overwritten.

    Example: marketwarden queue decide 734512309 --verdict likely_illegal_offer --officer mara --taxon "Loxodonta africana"
    """
    from marketwarden.bootstrap import open_house
    from marketwarden.queue_view import decide_item

    with open_house(home) as house:
        answer = decide_item(
            house, item, verdict=verdict, officer=officer_name, taxon=taxon, product=product, quantity=quantity, unit=unit,
            reason_code=reason, note=note,
        )  # fmt: skip
    write_json(answer)


@officer.command("add")
def add(
    name: Annotated[str, typer.Argument(help="Login name.")],
    role: Annotated[str, typer.Option("--role", help="reviewer, analyst, custodian, liaison, focal_point or administrator.")],
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Register a person who acts under this name.

    Example: marketwarden officer add mara --role reviewer
    """
    from marketwarden.bootstrap import open_house
    from marketwarden.queue_view import add_officer

    with open_house(home) as house:
        add_officer(house, name, role=role)
    say(f"{name} added as {role}")


@officer.command("list")
def list_officers(home: HomeOption = DEFAULT_HOME) -> None:
    """Everyone who may act.

    Example: marketwarden officer list
    """
    from ledger import people
    from marketwarden.bootstrap import open_house

    with open_house(home) as house, house.ledger.read() as conn:
        write_json([{"name": person.name, "role": person.role} for person in people.officers(conn)])
