"""What a page says of itself outside its visible text: meta elements, JSON-LD, time elements."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from foedus.model.document import PageData
from foedus.read.markup import Element

_MAX_JSON_CHARS = 400_000
_MAX_JSON_NODES = 2000
_MAX_VALUE_CHARS = 500

_TITLE_FIELDS = (
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "citation_title",
    "title",
    "headline",
)
_PUBLISHER_FIELDS = (
    "og:site_name",
    "dc.publisher",
    "dcterms.publisher",
    "citation_journal_title",
    "citation_publisher",
    "application-name",
    "apple-mobile-web-app-title",
    "publisher",
)
_AUTHOR_FIELDS = (
    "author",
    "article:author",
    "og:article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "citation_author",
    "byl",
    "dc.contributor",
)
# First publication, most telling first. Source: Open Graph, Dublin Core, Parse.ly, Sailthru, Highwire and
# the fields found on news sites by htmldate (Apache-2.0).
_PUBLISHED_FIELDS = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "article:published",
    "article.published",
    "datepublished",
    "published_time",
    "publishedtime",
    "publication_date",
    "publication-date",
    "publicationdate",
    "publish_date",
    "publish-date",
    "publishdate",
    "published-date",
    "published_date",
    "published_at",
    "pubdate",
    "pub_date",
    "pub-date",
    "rbpubdate",
    "og:pubdate",
    "bt:pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "shareaholic:article_published_time",
    "originalpublicationdate",
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date.publication",
    "dcterms.date",
    "dc.date",
    "dcsext.articlefirstpublished",
    "article_date_original",
    "article.created",
    "article:post_date",
    "article_publication_date",
    "analyticsattributes.articledate",
    "ptime",
    "newsdate",
    "release_date",
    "date_published",
    "datecreated",
    "created",
    "date",
    "doc_date",
    "eprints.date",
    "gentime",
    "mediator_published_time",
    "video:release_date",
)
_MODIFIED_FIELDS = (
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "lastmodified",
    "last-modified",
    "modified",
    "revision_date",
)
_ARTICLE_TYPES = ("article", "posting", "report", "webpage", "creativework", "newsitem")
_LOOSE_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"\\]{4,40})"')
# Class and id names under which sites put the date, and those under which other dates stand.
_DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:pub(?:lish(?:ed)?)?[_-]?(?:date|time|on|at)?|posted(?:[_-]?on)?|(?:entry|post|article|news|story|blog|item|content|"
    r"meta|single)[_-]+(?:date|time|datum|published)|date|datetime|datum|fecha|data-pubblicazione|created|dateline|timestamp|"
    r"date[_-]?(?:published|posted|created|line|display|single|time)|pubdate|articledate|postdate|newsdate|createdate|time)(?=$|[\s_-])",
    re.IGNORECASE,
)
_HEAD_CLASS = re.compile(
    r"byline|meta|author|info|date|publi|submitted|kicker|dachzeile|details", re.IGNORECASE
)
_OTHER_CLASS = re.compile(
    r"comment|footer|copyright|sidebar|widget|related|recommend|teaser|modif|updat|event|calendar|popular|recent|latest|carousel"
    r"|disqus|cookie|breadcrumb|ticker|weather",
    re.IGNORECASE,
)
_DATE_WORDS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\d{1,2}[./]\s?\d{1,2}[./]\s?\d{2,4}")
_MAX_DATE_LINE_CHARS = 120
_TAG = re.compile(r"<[^<>]{1,300}>")
_DATE_LIKE = re.compile(r"\d")
_TITLE_DIVIDER = re.compile(r"\s+[|–—\-»·:]\s+|\s*[|»]\s*")


def find_page_data(root: Element) -> PageData:
    """Collect title, author, publisher, date words, address and language of a page.

    Args:
        root: A parsed page, before anything was removed from it.

    Returns:
        Values trimmed and shortened to 500 code points; None for what the page does not say. Everything is
        untrusted: a page may say anything.
    """
    meta = _find_meta(root)
    nodes = list(_iter_json_nodes(root))
    articles = [node for node in nodes if _is_article(node)]
    title_element = _clean("".join(root.findtext(".//title") or ""))
    title = _pick_field(meta, _TITLE_FIELDS) or _pick_text(articles, "headline")
    publisher = _pick_field(meta, _PUBLISHER_FIELDS) or _pick_name(articles, "publisher")
    if title is None and title_element is not None:
        title, publisher = _split_title(title_element, _only_heading(root), publisher)
    published, published_field = _find_published(root, meta, nodes, articles)
    return PageData(
        title=title,
        author=_pick_author(meta) or _pick_name(articles, "author"),
        publisher=publisher,
        published=published,
        published_field=published_field,
        address=_find_address(root, meta),
        language=_find_language(root, meta),
    )


def find_description(root: Element) -> str | None:
    """What a page says it is about, for pages that show nothing until a script fills them; None if it is silent."""
    meta = _find_meta(root)
    articles = [node for node in _iter_json_nodes(root) if _is_article(node)]
    body = next((node["articleBody"] for node in articles if isinstance(node.get("articleBody"), str)), None)
    return body or _pick_field(meta, ("og:description", "twitter:description", "description"))


def _find_meta(root: Element) -> dict[str, str]:
    """Meta elements by lower-case name; the first value of a name counts."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        content = element.get("content")
        if not content:
            continue
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = element.get(key)
            if name:
                found.setdefault(name.strip().lower(), content)
    return found


def _pick_field(meta: Mapping[str, str], fields: tuple[str, ...]) -> str | None:
    for field in fields:
        value = _clean(meta.get(field))
        if value is not None:
            return value
    return None


def _pick_author(meta: Mapping[str, str]) -> str | None:
    for field in _AUTHOR_FIELDS:
        value = _clean(meta.get(field))
        # Facebook wants an address here, and many sites give one.
        if value is not None and "://" not in value and "@" not in value:
            return value
    return None


def _find_published(
    root: Element, meta: Mapping[str, str], nodes: list[Mapping[str, Any]], articles: list[Mapping[str, Any]]
) -> tuple[str | None, str | None]:
    for field in _PUBLISHED_FIELDS[:2]:
        value = _pick_date(meta.get(field))
        if value is not None:
            return value, field
    for key, holders in (("datePublished", (*articles, *nodes)), ("dateCreated", articles)):
        for node in holders:
            value = _pick_date(node.get(key))
            if value is not None:
                return value, f"json-ld {key}"
    for field in _PUBLISHED_FIELDS[2:]:
        value = _pick_date(meta.get(field))
        if value is not None:
            return value, field
    for found in _find_marked_dates(root):
        return found
    classed = _find_classed_date(root)
    if classed is not None:
        return classed, "class"
    for field in _MODIFIED_FIELDS:
        value = _pick_date(meta.get(field))
        if value is not None:
            return value, field
    return None, None


def _pick_date(value: object) -> str | None:
    text = _clean(value) if isinstance(value, str) else None
    return text if text is not None and _DATE_LIKE.search(text) else None


def _find_marked_dates(root: Element) -> Iterator[tuple[str, str]]:
    """Dates that the markup itself marks as publication: microdata, then time elements."""
    for element in root.iterfind(".//*[@itemprop]"):
        if (element.get("itemprop") or "").lower() in ("datepublished", "datecreated", "pubdate"):
            value = _pick_date(element.get("content") or element.get("datetime") or element.text_content())
            if value is not None:
                yield value, "itemprop datePublished"
    times = list(root.iter("time"))
    for element in sorted(times, key=_time_rank):
        value = _pick_date(element.get("datetime")) or _pick_date(element.text_content())
        if value is not None:
            yield value, "time"
            return


def _find_classed_date(root: Element) -> str | None:
    """Text of the first element whose class or id says that it holds the date; the plainest names first."""
    second = None
    ranks: dict[str, int | None] = {}  # pages repeat their class names
    for element in root.iter():
        marks = element.get("class")
        mark_id = element.get("id")
        if marks is None and mark_id is None:
            continue
        names = f"{marks or ''} {mark_id or ''}"
        if names not in ranks:
            ranks[names] = _rank_date_names(names)
        rank = ranks[names]
        if rank is None or rank > (0 if second is not None else 1) or _is_aside(element):
            continue
        words = _short_text(element)
        if words is None or _DATE_WORDS.search(words) is None:
            continue
        if rank == 0:
            return words
        second = words
    return second


def _rank_date_names(names: str) -> int | None:
    """0 for class names under which the date stands, 1 for those of a head, None for all others."""
    rank = 0 if _DATE_CLASS.search(names) else 1 if _HEAD_CLASS.search(names) else None
    return None if rank is None or _OTHER_CLASS.search(names) else rank


def _is_aside(element: Element) -> bool:
    """Whether an element stands in a footer, a menu or among comments."""
    for above in element.iterancestors():
        if above.tag in ("footer", "nav", "aside"):
            return True
        if _OTHER_CLASS.search(f"{above.get('class') or ''} {above.get('id') or ''}") and above.tag != "body":
            return True
    return False


def _short_text(element: Element) -> str | None:
    """The element's words, or None when they are too many for a date line."""
    words: list[str] = []
    size = 0
    for piece in element.itertext():
        words.append(piece)
        size += len(piece)
        if size > _MAX_DATE_LINE_CHARS * 4:
            return None
    text = " ".join(" ".join(words).split())
    return text if text and len(text) <= _MAX_DATE_LINE_CHARS else None


def _time_rank(element: Element) -> int:
    """Publication times first, updates last; else document order (sorting is stable)."""
    marks = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
    if element.get("pubdate") is not None or "publish" in marks or "entry-date" in marks:
        return 0
    return 2 if "updat" in marks or "modif" in marks else 1


def _iter_json_nodes(root: Element) -> Iterator[Mapping[str, Any]]:
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        source = script.text or ""
        if not source.strip() or len(source) > _MAX_JSON_CHARS:
            continue
        try:
            data = json.loads(source, strict=False)
        except (ValueError, RecursionError):
            # Hand-made JSON is often broken; its date is still worth having.
            loose = _LOOSE_PUBLISHED.search(source)
            if loose:
                yield {"@type": "Article", "datePublished": loose.group(1)}
            continue
        yield from _iter_nodes(data)


def _iter_nodes(data: Any) -> Iterator[Mapping[str, Any]]:
    """The objects of a JSON value, outer before inner, up to a bound."""
    queue = [data]
    for _ in range(_MAX_JSON_NODES):
        if not queue:
            return
        value = queue.pop(0)
        if isinstance(value, dict):
            yield value
            queue.extend(
                child for key, child in value.items() if key in ("@graph", "mainEntity", "mainEntityOfPage")
            )
        elif isinstance(value, list):
            queue.extend(value)


def _is_article(node: Mapping[str, Any]) -> bool:
    kind = str(node.get("@type", "")).lower()
    return any(word in kind for word in _ARTICLE_TYPES)


def _pick_text(nodes: list[Mapping[str, Any]], key: str) -> str | None:
    for node in nodes:
        value = node.get(key)
        text = _clean(value) if isinstance(value, str) else None
        if text is not None:
            return text
    return None


def _pick_name(nodes: list[Mapping[str, Any]], key: str) -> str | None:
    """The name of a person or organisation: a string, an object with a name, or a list of those."""
    for node in nodes:
        values = node.get(key)
        names = []
        for value in values if isinstance(values, list) else [values]:
            name = value.get("name") if isinstance(value, dict) else value
            text = _clean(name) if isinstance(name, str) else None
            if text is not None and "://" not in text:
                names.append(text)
        if names:
            return ", ".join(names[:5])
    return None


def _find_address(root: Element, meta: Mapping[str, str]) -> str | None:
    for element in root.iter("link"):
        if (element.get("rel") or "").lower() == "canonical":
            value = _clean(element.get("href"))
            if value is not None and value.startswith(("http://", "https://")):
                return value
    value = _pick_field(meta, ("og:url", "twitter:url", "al:web:url"))
    return value if value is not None and value.startswith(("http://", "https://")) else None


def _find_language(root: Element, meta: Mapping[str, str]) -> str | None:
    value = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang")
    return _clean(value) or _pick_field(meta, ("og:locale", "content-language", "dc.language", "language"))


def _only_heading(root: Element) -> str | None:
    headings = [_clean(element.text_content()) for element in root.iter("h1")]
    found = [heading for heading in headings if heading]
    return found[0] if len(found) == 1 else None


def _split_title(title: str, heading: str | None, publisher: str | None) -> tuple[str, str | None]:
    """Part "Headline | Site" into headline and site; the heading on the page says which part is which."""
    parts = [part for part in _TITLE_DIVIDER.split(title) if part]
    if heading is not None and len(heading) > 10 and title.startswith(heading) and len(parts) > 1:
        rest = title[len(heading) :].strip(" |–—-»·:")
        return heading, publisher or rest or None
    if publisher is not None:
        for part in (parts[0], parts[-1]):
            if part.casefold() == publisher.casefold() and len(parts) > 1:
                return title.replace(part, "").strip(" |–—-»·:"), publisher
        return title, publisher
    return title, None


def _clean(value: str | None) -> str | None:
    """White space folded, markup dropped, shortened; None when nothing is left."""
    if value is None:
        return None
    text = " ".join(_TAG.sub(" ", value[: _MAX_VALUE_CHARS * 4]).split())
    return text[:_MAX_VALUE_CHARS] or None
