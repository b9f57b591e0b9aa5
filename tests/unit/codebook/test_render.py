import re

from foedus.codebook.load import load_codebook
from foedus.codebook.render import render_codebook
from foedus.model.claim import ClaimType

PAGES = render_codebook(load_codebook(examples=True))


def test_an_index_a_page_a_type_and_one_of_actors() -> None:
    assert list(PAGES) == ["README.md", *(f"{word}.md" for word in ClaimType), "actors.md"]


def test_every_link_leads_to_a_page() -> None:
    links = {link for page in PAGES.values() for link in re.findall(r"\]\(([\w.]+\.md)\)", page)}
    assert links == set(PAGES)


def test_index_tells_every_type_and_the_fingerprint() -> None:
    assert all(f"`{word}`" in PAGES["README.md"] for word in ClaimType)
    assert load_codebook().fingerprint in PAGES["README.md"]


def test_page_of_a_type_shows_definition_cues_and_examples_with_claims() -> None:
    spec = load_codebook(examples=True).types[ClaimType.AGREEMENT]
    page = PAGES["agreement.md"]
    assert page.startswith(f"# {spec.title}\n")
    assert spec.definition in page
    assert "sign (signed)" in page
    assert page.count("> ") >= len(spec.examples) + len(spec.counter_examples)
    assert "| claim | evidence | slots |" in page
    assert "No claim." in page


def test_tables_have_as_many_cells_in_every_line() -> None:
    for page in PAGES.values():
        for table in re.findall(r"(?:^\|.*\|\n)+", page, flags=re.MULTILINE):
            widths = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
            assert len(widths) == 1, table


def test_pages_end_with_one_line_end_and_have_no_empty_parts() -> None:
    for page in PAGES.values():
        assert page.endswith("\n")
        assert not page.endswith("\n\n")
        assert "\n\n\n" not in page


def test_actors_show_ambiguity_and_hide_other_spellings() -> None:
    page = PAGES["actors.md"]
    assert "Georgia (*not* Atlanta" in page
    assert "*Dominican* (: Dominica, Roseau)" in page
    assert "Côte d'Ivoire" in page
    assert "Cote d’Ivoire" not in page
    assert "FIN 2023-04-04 to …" in page


def test_same_codebook_same_pages() -> None:
    assert render_codebook(load_codebook(examples=True)) == PAGES


def test_without_examples_there_is_no_heading_for_them() -> None:
    assert "## Examples" not in render_codebook(load_codebook())["agreement.md"]
