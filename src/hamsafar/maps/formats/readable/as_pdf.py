"""The readable document as PDF. typst gets it as data: nothing an author wrote is read as its markup."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from hamsafar.maps.document import Exchange
from hamsafar.maps.formats.drawing import around, svg, text
from hamsafar.maps.formats.drawing.look import Look
from hamsafar.maps.formats.drawing.shapes import Canvas
from hamsafar.maps.formats.readable.content import (
    Block,
    Facts,
    Heading,
    Items,
    Paragraph,
    Picture,
    content,
)
from hamsafar.maps.formats.rich import RichLine
from hamsafar.maps.formats.typesetting import typeset

_WIDEST, _HIGHEST = 300.0, 180.0  # of a picture, in points
_PROGRAM = """
#let job = json(bytes(sys.inputs.job))
#let soft = rgb("#575148")
#let accent = rgb(job.accent)
#let pt(size) = size * job.scale * 1pt
#set document(title: job.title, date: none)
#set page(paper: "a4", margin: (x: 22mm, y: 20mm), numbering: if job.rtl { "۱" } else { "1" })
#set text(font: ("Vazirmatn", "Noto Emoji"), size: pt(10.5), lang: job.language, dir: if job.rtl { rtl } else { ltr },
  fill: rgb("#221f1b"))
#set par(leading: 0.85em, spacing: 0.8em)
#show heading: it => {
  let at = it.level - 1
  block(above: (26pt, 18pt, 12pt).at(at), below: (10pt, 9pt, 6pt).at(at), sticky: true,
    text(size: pt((16, 12.5, 10).at(at)), weight: "bold", fill: (black, accent, soft).at(at), it.body))
}
#show link: set text(fill: accent)
#let words(one) = {
  let shown = if one.bold { strong(one.text) } else { text(one.text) }
  if one.italic { shown = emph(shown) }
  if one.href != none { link(one.href, shown) } else { shown }
}
#let line(one) = text(dir: if one.rtl { rtl } else { ltr }, {
  if one.bullet [• ]
  for span in one.spans { words(span) }
})
#let lines(all) = for one in all { par(line(one)) }
#let block-of(one) = {
  if one.kind == "heading" {
    heading(level: one.level, one.text)
  } else if one.kind == "paragraph" {
    set text(fill: soft) if one.soft
    lines(one.lines)
  } else if one.kind == "facts" {
    grid(columns: (auto, 1fr), column-gutter: 12pt, row-gutter: 7pt,
      ..for pair in one.pairs { (text(fill: soft, pair.at(0)), text(pair.at(1))) })
  } else {
    for item in one.items {
      block(breakable: true, inset: (x: 8pt, y: 5pt), width: 100%, radius: 4pt, above: 5pt, below: 5pt,
        stroke: (paint: rgb("#c9c1b5"), thickness: 0.6pt, dash: if item.evidence == "assumption" { "dashed" }), {
        lines(item.lines)
        for one in item.pictures {
          image(bytes(one.svg), format: "svg", width: one.width * 1pt, alt: one.alt)
        }
        if item.marks.len() > 0 {
          par(for mark in item.marks { box(fill: rgb(job.tint), inset: (x: 5pt, y: 2pt), outset: (y: 1pt), radius: 6pt,
            text(size: pt(8), fill: accent, mark)); h(4pt) })
        }
        if item.small != "" { par(text(size: pt(8.5), fill: soft, item.small)) }
      })
    }
  }
}
#if job.logo != none {
  block(below: 14pt, fill: if job.plate != none { rgb(job.plate) }, inset: if job.plate != none { 6pt } else { 0pt },
    radius: 4pt, image(bytes(job.logo), format: "svg", width: job.logo_width * 1pt, height: job.logo_height * 1pt))
}
#text(size: pt(22), weight: "bold", job.title)
#par(text(fill: soft, job.subtitle))
#for one in job.blocks { block-of(one) }
""".encode()


def write(exchange: Exchange, look: Look) -> bytes:
    made = content(exchange, look)
    job = {
        "title": made.title,
        "subtitle": made.subtitle,
        "rtl": made.rtl,
        "language": made.language,
        "blocks": [_block(one, made.rtl) for one in made.blocks],
        **style(look),
    }
    return typeset(_PROGRAM, job, "pdf")


def style(look: Look) -> dict[str, Any]:
    """The workspace's colours, size of letters and logo; typst takes a picture out of text only as SVG."""
    colors, logo = look.brand.theme("light"), look.brand.logo
    found: dict[str, Any] = {"accent": colors.accent, "tint": colors.accent_soft, "scale": look.brand.scale}
    if logo is None:
        return {**found, "logo": None, "plate": None}
    wide, high = around.logo_size(logo, (150.0, 42.0))
    canvas = Canvas(wide, high, False, "none")
    canvas.picture(0, 0, wide, high, logo.data, logo.media)
    return {
        **found,
        "logo": svg.write(canvas),
        "logo_width": wide,
        "logo_height": high,
        "plate": logo.plate("#ffffff"),
    }


def _block(block: Block, rtl: bool) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "text": block.text}
        case Paragraph():
            return {"kind": "paragraph", "soft": block.soft, "lines": _lines(block.lines, rtl)}
        case Facts():
            return {"kind": "facts", "pairs": [list(pair) for pair in block.pairs]}
        case Items():
            items = [
                {
                    "lines": _lines(one.lines, rtl),
                    "marks": list(one.marks),
                    "small": one.small,
                    "evidence": one.evidence,
                    "pictures": [_picture(picture) for picture in one.pictures],
                }
                for one in block.items
            ]
            return {"kind": "items", "items": items}


def _picture(one: Picture) -> dict[str, Any]:
    """In an SVG, because data for typst is text."""
    scale = min(_WIDEST / one.width, _HIGHEST / one.height, 1.0)
    source = f"data:{one.media};base64,{b64encode(one.data).decode()}"
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {one.width} {one.height}">'
        f'<image href="{source}" width="{one.width}" height="{one.height}"/></svg>'
    )
    return {"svg": svg, "width": one.width * scale, "alt": one.alt}


def _lines(lines: tuple[RichLine, ...], rtl: bool) -> list[dict[str, Any]]:
    return [
        {
            "bullet": line.bullet,
            "rtl": text.is_rtl(line.text, rtl),
            "spans": [vars(span) for span in line.spans],
        }
        for line in lines
    ]
