"""The two looks. Every colour of the program is named here; each text stands out at least 4.5 : 1 from its ground."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="cjworkshop-dark",
    dark=True,
    primary="#56B4E9",
    secondary="#8fb8d6",
    accent="#56B4E9",
    success="#2fd6a3",
    warning="#ffb454",
    error="#ff8a3c",
    foreground="#e4e7ea",
    background="#14171a",
    surface="#1f252b",
    panel="#1a1f24",
    boost="#262d34",
    variables={
        "dim": "#98a3ad",
        "rule": "#3a444d",
        "cursor-ground": "#56B4E9",
        "cursor-text": "#0b0f12",
        "selection-ground": "#274b62",
        "field": "#2b353e",
        "border": "#3a444d",
        "border-blurred": "#3a444d",
        "input-cursor-background": "#56B4E9",
        "input-cursor-foreground": "#0b0f12",
        "input-selection-background": "#274b62",
        "footer-key-foreground": "#56B4E9",
        "scrollbar": "#3a444d",
        "scrollbar-background": "#14171a",
    },
)

LIGHT = Theme(
    name="cjworkshop-light",
    dark=False,
    primary="#005a91",
    secondary="#3d5a70",
    accent="#005a91",
    success="#005e44",
    warning="#7a4b00",
    error="#9a3f00",
    foreground="#1b1f23",
    background="#fbfbf9",
    surface="#ececea",
    panel="#f3f3f0",
    boost="#e4e6e6",
    variables={
        "dim": "#5a646d",
        "rule": "#c3c8cc",
        "cursor-ground": "#005a91",
        "cursor-text": "#ffffff",
        "selection-ground": "#bcdcf0",
        "field": "#dfe5e8",
        "border": "#c3c8cc",
        "border-blurred": "#c3c8cc",
        "input-cursor-background": "#005a91",
        "input-cursor-foreground": "#ffffff",
        "input-selection-background": "#bcdcf0",
        "footer-key-foreground": "#005a91",
        "scrollbar": "#c3c8cc",
        "scrollbar-background": "#fbfbf9",
    },
)

THEMES = {"dark": DARK, "light": LIGHT}
