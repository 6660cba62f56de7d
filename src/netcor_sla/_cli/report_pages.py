"""A report as a page: one file of HTML that needs nothing else, with its picture in it.

There is no script, and nothing is fetched. Shapes and words say what colours say, in light and
in dark. Whatever comes from a log is made harmless, and stays text.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final

from netcor_sla._cli.report_pictures import picture
from netcor_sla._cli.report_tables import cells, heading, heads, late_cells, late_heads, late_title
from netcor_sla._explanations.words import Voice, safe
from netcor_sla.reports import Report

MOST: Final = 20  # errors; a page is for people

_STYLE: Final = """\
:root { color-scheme: light dark; --page: #fff; --text: #1b1b1f; --line: #c9c9d0;
  --met: #2f6fae; --missed: #b3401f; }
@media (prefers-color-scheme: dark) { :root { --page: #17171a; --text: #ececf0; --line: #44444c;
  --met: #62a3e2; --missed: #f0875f; } }
body { margin: 0 auto; padding: 1.5rem; max-width: 64rem; background: var(--page);
  color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
h1, h2 { line-height: 1.2; }
h2 { margin-top: 2.5rem; }
ul.heading { padding: 0; list-style: none; }
div.wide { overflow-x: auto; }
figure { margin: 2rem 0; padding: 1px; overflow-x: auto; }
svg { display: block; min-width: 20rem; overflow: visible; }
svg text { fill: var(--text); font: 12px system-ui, sans-serif; }
svg text.title { font-weight: bold; }
svg rect { stroke: var(--text); fill: none; }
svg rect.met { fill: var(--met); }
svg rect.missed { fill: url(#stripes); }
svg rect.late { fill: url(#dots); }
svg pattern path { stroke: var(--missed); stroke-width: 4; }
svg pattern circle { fill: var(--missed); }
table { border-collapse: collapse; font-size: .9375rem; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--line); text-align: left;
  vertical-align: top; white-space: nowrap; }
th:first-child { padding-left: 0; }
table.late tbody th { max-width: 20rem; overflow-wrap: break-word; white-space: normal; }
table.figures :is(th, td):not(:first-child) { text-align: right; }
table.figures tbody tr:last-child > * { border-top: 2px solid var(--text); }
li { overflow-wrap: anywhere; }
"""


def page(told: Report, voice: Voice) -> str:
    """Write the whole page."""
    title = voice.say("Erste Antworten", "First responses")
    figures = [cells(each, voice) for each in (*told.levels, told.total)]
    levels = voice.say("Nach Eskalationsstufen", "By escalation level")
    parts = [
        f"<h1>{title}</h1>",
        '<ul class="heading">',
        *(f"<li>{escape(line)}</li>" for line in heading(told, voice)),
        "</ul>",
        f"<figure>\n{picture(told, voice)}\n</figure>",
        f'<h2 id="figures">{levels}</h2>',
        f"<p>{_meaning(voice)}</p>",
        *_table("figures", heads(voice), figures),
        *_late(told, voice),
        *_errors(told, voice),
    ]
    head = [
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}, {escape(heading(told, voice)[0])}</title>",
        f"<style>\n{_STYLE}</style>",
    ]
    lines = ["<!DOCTYPE html>", f'<html lang="{voice.language}">', "<head>", *head, "</head>"]
    return "\n".join([*lines, "<body>", "<main>", *parts, "</main>", "</body>", "</html>"])


def _meaning(voice: Voice) -> str:
    """Say what the columns mean that do not say it themselves."""
    return voice.say(
        "Quote: eingehalten von allen, die eingehalten, verpasst oder offen und zu spät sind, "
        "nicht aufgerundet. Median und Maximum: Geschäftszeit ohne Pausen von der Eröffnung "
        "bis zur ersten Antwort.",
        "Kept: those met of all that are met, missed, or open and late, not rounded up. Median and "
        "worst: business time without pauses from the opening to the first response.",
    )


def _late(told: Report, voice: Voice) -> Iterator[str]:
    """List the late tickets."""
    yield f'<h2 id="late">{late_title(told, voice)}</h2>'
    if told.late:
        meaning = voice.say(
            "Überfällig: Geschäftszeit ohne Pausen von der Fälligkeit bis zur Antwort oder bis jetzt.",
            "Overdue: business time without pauses from the deadline to the response, or until now.",
        )
        yield f"<p>{meaning}</p>"
        rows = (late_cells(each, voice) for each in told.late)
        yield from _table("late", late_heads(voice), rows)


def _errors(told: Report, voice: Voice) -> Iterator[str]:
    """List what could not be counted, up to a number that a person may read."""
    if told.problems:
        yield f"<h2>{voice.say('Nicht gezählt', 'Not counted')}</h2>"
        yield "<ul>"
        for line, reason in told.problems[:MOST]:
            why = f'<span lang="en">{escape(safe(reason))}</span>'
            yield f"<li>{voice.say('Zeile', 'Line')} {line}: {why}</li>"
        if (more := len(told.problems) - MOST) > 0:
            words = voice.say(f"und {more} weitere", f"and {more} more")
            yield f"<li>{words}</li>"
        yield "</ul>"


def _table(kind: str, names: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Write a table under its heading; the first column names the rows."""
    yield f'<div class="wide">\n<table class="{kind}" aria-labelledby="{kind}">'
    columns = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    yield f"<thead><tr>{columns}</tr></thead>\n<tbody>"
    for first, *others in rows:
        rest = "".join(f"<td>{escape(each)}</td>" for each in others)
        yield f'<tr><th scope="row">{escape(first)}</th>{rest}</tr>'
    yield "</tbody>\n</table>\n</div>"
