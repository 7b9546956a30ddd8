"""The readable document as one HTML file that prints well; nothing is loaded from elsewhere."""

from __future__ import annotations

from base64 import b64encode
from html import escape

from hamsafar.maps.document import Exchange
from hamsafar.maps.formats.drawing import fonts, text
from hamsafar.maps.formats.drawing.brand import Logo
from hamsafar.maps.formats.drawing.look import Look
from hamsafar.maps.formats.readable.content import (
    Block,
    Facts,
    Heading,
    Item,
    Items,
    Paragraph,
    Picture,
    content,
)
from hamsafar.maps.formats.rich import RichLine, Span

_STYLE = """
:root{color-scheme:light;--ink:#221f1b;--soft:#575148;--line:#e5e0d8;--accent:#0b5f5f;--tint:#e2efed}
body{margin:0 auto;max-width:46rem;padding:2.5rem 1.5rem;color:var(--ink);background:#fff;
  font:400 16px/1.75 Vazirmatn,"Noto Emoji",sans-serif}
h1,h2,h3,h4{line-height:1.4;break-after:avoid;font-weight:700;overflow-wrap:anywhere}
h1{font-size:1.9rem;margin:0}
.logo{display:block;max-width:14rem;max-height:4rem;margin-block-end:1.2rem}
h2{font-size:1.35rem;margin:2.4rem 0 .6rem;border-block-end:2px solid var(--accent);padding-block-end:.25rem}
h3{font-size:1.1rem;margin:1.6rem 0 .4rem;color:var(--accent)}
h4{font-size:.95rem;margin:1rem 0 .2rem;color:var(--soft)}
p{margin:.3rem 0;overflow-wrap:anywhere}
.soft,small{color:var(--soft)}
small{display:block;font-size:.8rem;line-height:1.6}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:.5rem 0;font-size:.92rem}
dt{color:var(--soft);max-width:14rem}
dd{margin:0;overflow-wrap:anywhere}
ul{margin:.2rem 0;padding-inline-start:1.2rem}
li{margin:.35rem 0;break-inside:avoid}
li[data-evidence=assumption]{list-style-type:"◌ "}
.mark{display:inline-block;margin-inline-end:.35rem;padding:0 .5rem;border-radius:.7rem;
  background:var(--tint);color:var(--accent);font-size:.75rem}
img{display:block;max-width:100%;max-height:16rem;width:auto;height:auto;margin:.4rem 0;border-radius:.3rem}
a{color:var(--accent);overflow-wrap:anywhere}
@page{size:A4;margin:18mm}
@media print{body{padding:0;max-width:none;font-size:11pt}}
"""


def write(exchange: Exchange, look: Look) -> bytes:
    made = content(exchange, look)
    body = "".join(_block(one) for one in made.blocks)
    title = f"<h1 dir=auto>{escape(made.title)}</h1><p class=soft>{escape(made.subtitle)}</p>"
    page = f"{_logo(look.brand.logo)}{title}{body}"
    return (
        f'<!doctype html><html lang="{made.language}" dir="{"rtl" if made.rtl else "ltr"}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(made.title)}</title><style>{_faces(page)}{_STYLE}{_own(look)}</style></head>"
        f"<body><main>{page}</main></body></html>\n"
    ).encode()


def _own(look: Look) -> str:
    """The workspace's colours and size of letters."""
    colors, scale = look.brand.theme("light"), look.brand.scale
    return (
        f":root{{--accent:{colors.accent};--tint:{colors.accent_soft};font-size:{16 * scale:g}px}}"
        f"body{{font-size:1rem}}@media print{{body{{font-size:{11 * scale:g}pt}}}}"
    )


def _logo(logo: Logo | None) -> str:
    if logo is None:
        return ""
    plate = logo.plate("#ffffff")
    ground = f' style="background:{plate};padding:8px;border-radius:6px"' if plate else ""
    return f'<img class=logo alt="" src="data:{logo.media};base64,{b64encode(logo.data).decode()}"{ground}>'


def _faces(page: str) -> str:
    letters = set(page)
    emoji = set("".join(text.EMOJI.findall(page)))
    used = [(fonts.TEXT, False, letters), (fonts.TEXT, True, letters)]
    if any(fonts.drawn_by_emoji(one) for one in emoji):
        used.append((fonts.EMOJI, False, emoji))
    return "".join(
        f'@font-face{{font-family:"{family}";font-weight:{700 if bold else 400};'
        f"src:url(data:font/woff;base64,{b64encode(fonts.subset(family, bold, of)).decode()})}}"
        for family, bold, of in used
    )


def _block(block: Block) -> str:
    match block:
        case Heading():
            tag = f"h{block.level + 1}"
            return f"<{tag} dir=auto>{escape(block.text)}</{tag}>"
        case Paragraph():
            css = " class=soft" if block.soft else ""
            return "".join(f"<p dir=auto{css}>{_line(line)}</p>" for line in block.lines)
        case Facts():
            rows = "".join(f"<dt>{escape(k)}</dt><dd><bdi>{escape(v)}</bdi></dd>" for k, v in block.pairs)
            return f"<dl>{rows}</dl>"
        case Items():
            return f"<ul>{''.join(_item(one) for one in block.items)}</ul>"


def _item(one: Item) -> str:
    evidence = f' data-evidence="{one.evidence}"' if one.evidence else ""
    lines = "".join(f"<p dir=auto>{_line(line)}</p>" for line in one.lines)
    marks = "".join(f"<span class=mark>{escape(mark)}</span>" for mark in one.marks)
    small = f"<small>{escape(one.small)}</small>" if one.small else ""
    pictures = "".join(_picture(picture) for picture in one.pictures)
    return f"<li{evidence}>{lines}{pictures}{marks}{small}</li>"


def _picture(one: Picture) -> str:
    source = f"data:{one.media};base64,{b64encode(one.data).decode()}"
    return f'<img src="{source}" width={one.width} height={one.height} alt="{escape(one.alt)}">'


def _line(line: RichLine) -> str:
    return ("• " if line.bullet else "") + "".join(_span(span) for span in line.spans)


def _span(span: Span) -> str:
    words = escape(span.text)
    if span.bold:
        words = f"<strong>{words}</strong>"
    if span.italic:
        words = f"<em>{words}</em>"
    if span.href:
        words = f'<a href="{escape(span.href)}" rel="noopener noreferrer">{words}</a>'
    return words
