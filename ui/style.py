"""The little that the theme cannot say: the product's name, type for the shared screen, the file box's language."""

from __future__ import annotations

import json

import streamlit as st

from ui.view import View

# The header holds one button: the page begins beside it, not below it.
FRAME = """
[data-testid="stHeader"] { background: transparent; }
[data-testid="stHeader"], [data-testid="stHeader"] * { pointer-events: none; }
[data-testid="stHeader"] button, [data-testid="stHeader"] button * { pointer-events: auto; }
[data-testid="stMainBlockContainer"] { padding: 0.9rem 2.5rem 2rem; }
[class*="st-key-finding_"] { flex-wrap: nowrap; }
[class*="st-key-finding_"] > :first-child { min-width: 0; }
[class*="st-key-named_"] { margin: -0.6rem 0; }
.st-key-theme_watcher, .st-key-one_step_back { position: absolute; top: 0; }
.st-key-demo_line { padding-right: 2.5rem; }
[data-testid="stSidebarHeader"]::before { content: %s; font-size: 1.15rem; font-weight: 700; align-self: center; }
[data-testid="stMainMenuList"] + div, [data-testid="InputInstructions"] { display: none; }
[data-testid="stMetricValue"], [data-testid="stTable"] { font-variant-numeric: tabular-nums; }
[data-testid="stTable"] [data-testid="stMarkdownContainer"] { max-width: none; }
"""
# Streamlit sizes everything by the root's font size: one number makes the whole page legible from the back of a room.
# It follows the window, so that a picture fills a notebook's screen and a projector's alike (ui/presentation.py).
PRESENTATION = """
html { font-size: clamp(15px, min(1.55vw, 2.75vh), 46px); }
[data-testid="stSidebar"], [data-testid="stExpandSidebarButton"], [data-testid="stHeader"] { display: none; }
[data-testid="stElementToolbar"] { display: none; }
[data-testid="stMainBlockContainer"] { padding: 0.4rem 1.6rem 0.3rem; }
[data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"] { gap: 0.6rem; }
[data-testid="stTable"] { font-size: 1.05rem; }
[data-testid="stMarkdown"] p, [data-testid="stAlert"] p { font-size: 1.25rem; line-height: 1.65; }
[data-testid="stCaptionContainer"] p, [data-testid="stMarkdown"] [data-testid="stCaptionContainer"] p {
  font-size: 1rem; line-height: 1.5; }
[data-testid="stTable"] p, .st-key-presentation_line p { font-size: inherit; line-height: inherit; }
[data-testid="stTable"] td, [data-testid="stTable"] th { padding: 0.32rem 0.6rem; }
[data-testid="stMarkdown"] [data-testid="stCaptionContainer"] p { font-size: 1rem; line-height: 1.45; }
[class*="st-key-card_"] { padding: 0.6rem; }
[class*="st-key-card_"] p, .st-key-stage_strip p, [class*="st-key-further_"] [data-testid="stCaptionContainer"] p {
    font-size: 1rem !important; line-height: 1.45 !important; overflow: hidden; text-overflow: ellipsis;
    white-space: nowrap; }
[class*="st-key-further_"] [data-testid="stCaptionContainer"] p { white-space: normal; }
[class*="st-key-card_"] button { min-height: 0; padding-top: 0; padding-bottom: 0; }
[class*="st-key-card_"] [data-testid="stMarkdown"]:not(:has(.stMarkdownBadge)) p { white-space: normal;
    line-height: 1.3 !important; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4; }
[class*="st-key-stage_"] p { font-size: 1.08rem; }
.st-key-stage_strip p { font-size: 0.92rem !important; white-space: normal; }
[class*="st-key-presentation_"] { flex-wrap: nowrap; }
.st-key-presentation_line > div, .st-key-presentation_steps > div { flex-shrink: 0; }
.st-key-presentation_line > :has(.st-key-presentation_steps), .st-key-presentation_steps,
.st-key-presentation_steps > :first-child, .st-key-presentation_steps > :first-child * { min-width: 0; flex-shrink: 1; }
.st-key-presentation_line p { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.st-key-presentation_steps > :first-child p { white-space: normal; line-height: 1.15 !important; display: -webkit-box;
    -webkit-box-orient: vertical; -webkit-line-clamp: 2; padding-bottom: 0.2em; }
.st-key-presentation_line { padding-right: 0; border-bottom: 1px solid rgba(128, 128, 128, 0.3); }
.st-key-presentation_line button { opacity: 0.35; transition: opacity 0.2s; }
.st-key-presentation_line:hover button, .st-key-presentation_line button:focus-visible { opacity: 1; }
.st-key-leave_button button p { display: none; }
@keyframes unmeasured { to { visibility: visible; } }
[class*="st-key-unmeasured_"] { visibility: hidden; animation: unmeasured 0s 5s forwards; }
"""
# A table's own buttons and column menu speak English only; every table has our CSV button below it.
CHINESE = """
[data-testid="stElementToolbar"], [data-testid="stDataFrameColumnMenu"] { display: none; }
"""
# Streamlit has its own few texts in English only: they are hidden, and ours stand in their place.
FILE_BOX = '[data-testid="stFileUploaderDropzone"] button[data-testid="stBaseButton-secondary"] p'
FILE_HINT = '[data-testid="stFileUploaderDropzoneInstructions"]'
MENU_ITEM = '[data-testid="stMainMenuItem-{name}"]'


def show_style(view: View) -> None:
    """Lay the product's few style rules over the page."""
    own = {
        FILE_BOX: view.say("Choose files"),
        FILE_HINT: view.say("or drop them here: CSV, XLSX, XLS, Parquet"),
        MENU_ITEM.format(name="theme-System"): view.say("Automatic"),
        MENU_ITEM.format(name="theme-Light"): view.say("Light"),
        MENU_ITEM.format(name="theme-Dark"): view.say("Dark"),
        MENU_ITEM.format(name="about") + " span span": view.say("About"),
    }
    rules = FRAME % _css_text(view.say("Resolution Watch"))
    rules += "".join(_in_place_of(selector, text) for selector, text in own.items())
    rules += CHINESE if view.language == "zh_CN" else ""
    st.html(f"<style>{rules}{PRESENTATION if view.present else ''}</style>")


def _in_place_of(selector: str, text: str) -> str:
    """Give rules that show a text in place of an element's own."""
    return (
        f"{selector}, {selector} > div, {selector} > div > span {{ font-size: 0; }}\n"
        f"{selector}::after {{ content: {_css_text(text)}; font-size: 1rem; }}\n"
    )


def _css_text(text: str) -> str:
    """Give a text as a CSS string; JSON's quoting is CSS's too, without the character that could end a style."""
    return json.dumps(text, ensure_ascii=False).replace("<", "")
