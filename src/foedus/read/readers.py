"""Every input format, in the order in which they are asked whether they suit."""

from foedus.read import docx, feed, html, mail, markdown, pdf, text
from foedus.read.reader import Reader

# Marked containers first, plain text last: it suits everything.
READERS: tuple[Reader, ...] = (
    pdf.READER,
    docx.READER,
    mail.READER,
    feed.READER,
    html.READER,
    markdown.READER,
    text.READER,
)
