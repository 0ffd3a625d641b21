"""What the theme puts around a page: less of it, and mended where a screen reader would stumble."""

from __future__ import annotations

import re

from sphinx.jinja2glue import BuiltinTemplateLoader

MENDS = [  # (what the theme and MyST-NB write, what it should be)
    (re.compile(r'(<button class="btn search-button-field[^>]*?) title="[^"]*" aria-label="[^"]*"'), r"\1"),
    (re.compile(r'(<i class="theme-switch [^>]*?) title="[^"]*"'), r"\1"),
    (re.compile(r'(?s)(<a class="navbar-brand logo".*?</a>)'), r'<nav aria-label="Title page">\1</nav>'),
    (
        re.compile(r'<summary>(<span class="toctree-toggle")'),
        r'<summary aria-label="Pages below this one">\1',
    ),
    (re.compile(r'<summary aria-label="Toggle hidden content">'), "<summary>"),
]


class Templates(BuiltinTemplateLoader):
    """Sphinx's template bridge, whose pages name their buttons by the words that stand on them."""

    def render(self, template: str, context: dict) -> str:
        page = super().render(template, context)
        for theirs, ours in MENDS:
            page = theirs.sub(ours, page)
        return page


def prepare(app, config) -> None:
    """One search box, no buttons that repeat the browser's, short labels. For the event `config-inited`."""
    config.html_theme_options = {
        "navbar_persistent": [],
        "use_download_button": False,
        "use_fullscreen_button": False,
        **config.html_theme_options,
    }
    config.nb_code_prompt_show, config.nb_code_prompt_hide = "Show the code", "Hide the code"
    config.template_bridge = f"{__name__}.{Templates.__name__}"
