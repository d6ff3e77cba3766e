"""The look of what stands around a picture: palette and style sheet of the widgets, for a theme.

Fusion with our own QPalette: asking Qt for a colour scheme does nothing on several platforms.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from app.desktop.icons import tinted
from app.render.color import Color
from app.render.theme import DARK, LIGHT, Theme

R = QPalette.ColorRole


def system_theme() -> Theme:
    """Light or dark, as the desktop has it; light where it does not say."""
    hints = QGuiApplication.styleHints()
    return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT


def qcolor(color: Color) -> QColor:
    """A theme colour for Qt."""
    return QColor(color.r, color.g, color.b, round(color.a * 255))


_USUAL, _LARGEST = 13.0, 1.6
"""Pixels of a system's type that ours was drawn for, and the most that it grows where the system's is larger."""
_scale = [1.0]


def follow_system(font: QFont) -> None:
    """Let type and what holds it grow with the type of the system, whose font this is."""
    _scale[0] = min(max(QFontInfo(font).pixelSize() / _USUAL, 1.0), _LARGEST)


def scaled(pixels: float) -> int:
    """A length of the looks at the size of the system's type."""
    return round(pixels * _scale[0])


def lettered(font: QFont, size: int, weight: int) -> QFont:
    """The font at a size of the looks and a weight of its axis; asking Qt for the weight would smear it bold."""
    made = QFont(font)
    made.setPixelSize(scaled(size))
    made.setVariableAxis(QFont.Tag("wght"), weight)
    return made


def dress(application: QApplication, theme: Theme) -> None:
    """Give every widget the colours of the theme."""
    palette = QPalette()
    for role, color in (
        (R.Window, theme.surface),
        (R.WindowText, theme.ink),
        (R.Base, theme.sunken),
        (R.AlternateBase, theme.surface),
        (R.ToolTipBase, theme.raised),
        (R.ToolTipText, theme.ink),
        (R.Text, theme.ink),
        (R.Button, theme.surface),
        (R.ButtonText, theme.ink),
        (R.BrightText, theme.bad),
        (R.Link, theme.accent),
        (R.Highlight, theme.accent),
        (R.HighlightedText, theme.bg),
        (R.PlaceholderText, theme.ink3),
        (R.Mid, theme.line2),
        (R.Dark, theme.line2),
        (R.Light, theme.raised),
        (R.Shadow, theme.line),
    ):
        palette.setColor(role, qcolor(color))
    for role in (R.WindowText, R.Text, R.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, qcolor(theme.ink4))
    application.setPalette(palette)
    application.setStyleSheet(_sheet(theme, tinted("check", _hex(theme.bg)).as_posix()))


def _hex(color: Color) -> str:
    return qcolor(color).name()


def _sheet(t: Theme, check: str) -> str:
    c = {
        name: _hex(getattr(t, name))
        for name in (
            "surface",
            "raised",
            "sunken",
            "line",
            "line2",
            "ink",
            "ink2",
            "ink3",
            "ink4",
            "accent",
            "accentbg",
            "bg",
            "bad",
        )
    }
    return f"""
    QMainWindow, QWidget {{ color: {c["ink"]}; }}
    QMenuBar {{ background: {c["sunken"]}; color: {c["ink2"]}; padding: 2px 6px; border: 0; }}
    QMenuBar::item {{ padding: 4px 9px; border-radius: 5px; background: transparent; }}
    QMenuBar::item:selected {{ background: {c["accentbg"]}; color: {c["accent"]}; }}
    QMenu {{ background: {c["raised"]}; border: 1px solid {c["line2"]}; padding: 5px; }}
    QMenu::item {{ padding: 5px 26px 5px 22px; border-radius: 5px; }}
    QMenu::item:selected {{ background: {c["accentbg"]}; color: {c["accent"]}; }}
    QMenu::item:disabled {{ color: {c["ink4"]}; }}
    QMenu::separator {{ height: 1px; background: {c["line"]}; margin: 5px 8px; }}
    QStatusBar {{ background: {c["sunken"]}; color: {c["ink3"]}; border-top: 1px solid {c["line"]}; }}
    QStatusBar::item {{ border: 0; }}
    QToolTip {{ background: {c["raised"]}; color: {c["ink"]}; border: 1px solid {c["line2"]}; padding: 4px 7px; }}
    #banner {{ background: {c["accentbg"]}; border-bottom: 1px solid {c["line2"]}; }}
    QTextBrowser {{ background: {c["surface"]}; border: 0; }}
    QDockWidget {{ color: {c["ink2"]}; }}
    QDockWidget::title {{ background: {c["surface"]}; padding: 5px 14px; border-bottom: 1px solid {c["line"]}; }}
    QPushButton {{ background: {c["surface"]}; border: 1px solid {c["line2"]}; border-radius: 6px; padding: 5px 12px; }}
    QPushButton:hover {{ background: {c["accentbg"]}; }}
    QPushButton:focus {{ border: 2px solid {c["accent"]}; padding: 4px 11px; }}
    QPushButton:checked {{ background: {c["accentbg"]}; border-color: {c["accent"]}; color: {c["accent"]}; }}
    QPushButton:disabled {{ color: {c["ink4"]}; border-color: {c["line"]}; }}
    QPushButton#quiet {{ border: 0; background: transparent; color: {c["ink3"]}; padding: 2px 8px; }}
    QPushButton#quiet:hover {{ color: {c["accent"]}; }}
    QPushButton#quiet:focus {{ border: 2px solid {c["accent"]}; padding: 0 6px; }}
    QPushButton#recent {{ border: 0; background: transparent; text-align: left; color: {c["accent"]}; }}
    QPushButton#recent:hover {{ background: {c["accentbg"]}; }}
    QPushButton#recent:focus {{ border: 2px solid {c["accent"]}; padding: 3px 10px; }}
    QPushButton#offer {{ border-radius: 10px; padding: 2px 9px; color: {c["accent"]}; }}
    QPushButton#offer:focus {{ border: 2px solid {c["accent"]}; padding: 1px 8px; }}
    QPushButton#chip {{ border-radius: 9px; padding: 1px 8px; background: {c["accentbg"]}; color: {c["ink"]}; }}
    QPushButton#chip:focus {{ border: 2px solid {c["accent"]}; padding: 0 7px; }}
    QLabel#caption, QLabel#hint {{ color: {c["ink3"]}; }}
    QLabel#hint[wrong="true"] {{ color: {c["bad"]}; }}
    QLabel#trouble {{ background: {c["accentbg"]}; border-radius: 8px; padding: 10px 14px; }}
    QToolBar {{ background: {c["surface"]}; border: 0; border-bottom: 1px solid {c["line"]}; }}
    QToolBar {{ padding: 0 8px; spacing: 2px; }}
    QToolBar#rail {{ background: {c["sunken"]}; border: 0; border-right: 1px solid {c["line"]}; padding: 8px 4px; }}
    QToolBar#rail QToolButton {{ padding: 3px; }}
    QToolBar#timeline {{ padding: 0; margin: 0; border: 0; spacing: 0; }}
    QCheckBox::indicator {{ width: 13px; height: 13px; border: 1px solid {c["ink3"]}; border-radius: 4px; }}
    QCheckBox::indicator {{ background: {c["surface"]}; }}
    QCheckBox::indicator:hover {{ border-color: {c["accent"]}; }}
    QCheckBox::indicator:checked {{ background: {c["accent"]}; border-color: {c["accent"]}; image: url("{check}"); }}
    QCheckBox::indicator:disabled {{ border-color: {c["line2"]}; }}
    QRadioButton::indicator {{ width: 12px; height: 12px; border: 1px solid {c["ink3"]}; border-radius: 7px; }}
    QRadioButton::indicator {{ background: {c["surface"]}; }}
    QRadioButton::indicator:hover {{ border-color: {c["accent"]}; }}
    QRadioButton::indicator:checked {{ width: 6px; height: 6px; border: 4px solid {c["accent"]}; }}
    QRadioButton:focus {{ color: {c["accent"]}; }}
    QCheckBox:focus {{ color: {c["accent"]}; }}
    QScrollBar {{ background: transparent; border: 0; margin: 0; }}
    QScrollBar:vertical {{ width: 10px; }}
    QScrollBar:horizontal {{ height: 10px; }}
    QScrollBar::handle {{ background: {c["line2"]}; border-radius: 3px; margin: 2px; }}
    QScrollBar::handle:hover {{ background: {c["ink4"]}; }}
    QScrollBar::handle:vertical {{ min-height: 24px; }}
    QScrollBar::handle:horizontal {{ min-width: 24px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QToolBar::separator {{ width: 1px; background: {c["line"]}; margin: 5px 7px; }}
    QToolBar QToolButton {{ padding: 5px; }}
    QToolBar QToolButton:checked {{ background: {c["accentbg"]}; color: {c["accent"]}; }}
    QToolBar QToolButton:disabled {{ color: {c["ink4"]}; }}
    QToolButton#find {{ background: {c["sunken"]}; color: {c["ink3"]}; border: 1px solid {c["line"]}; }}
    QToolButton#find {{ padding: 3px 12px; }}
    QToolButton#find:hover {{ border-color: {c["accent"]}; }}
    #palette {{ background: {c["raised"]}; border: 1px solid {c["line2"]}; }}
    #palette QListView {{ background: {c["raised"]}; }}
    QTableView {{ background: {c["surface"]}; alternate-background-color: {c["surface"]}; }}
    QTableView {{ selection-background-color: {c["accentbg"]}; selection-color: {c["ink"]}; }}
    QHeaderView {{ background: {c["surface"]}; }}
    QHeaderView::section {{ background: {c["surface"]}; color: {c["ink3"]}; border: 0; padding: 4px 6px; }}
    QHeaderView::section {{ border-bottom: 1px solid {c["line"]}; }}
    QTabBar::tab {{ background: transparent; color: {c["ink2"]}; padding: 7px 14px; border: 0; }}
    QTabBar::tab:selected {{ color: {c["accent"]}; border-bottom: 2px solid {c["accent"]}; }}
    QTabBar::tab:focus {{ background: {c["accentbg"]}; }}
    #lensBar {{ background: {c["surface"]}; border-bottom: 1px solid {c["line"]}; }}
    #lensBar QLabel#word {{ color: {c["ink3"]}; }}
    #lensBar QLabel#count {{ color: {c["ink2"]}; }}
    #lensBar QLabel#count[wrong="true"] {{ color: {c["bad"]}; }}
    QLineEdit {{ background: {c["sunken"]}; border: 1px solid {c["line"]}; border-radius: 6px; padding: 4px 8px; }}
    QPlainTextEdit {{ background: {c["sunken"]}; border: 1px solid {c["line"]}; border-radius: 6px; padding: 2px 4px; }}
    QPlainTextEdit:focus {{ border: 2px solid {c["accent"]}; padding: 1px 3px; }}
    QListView#picked {{ background: {c["raised"]}; border: 1px solid {c["line2"]}; padding: 3px; }}
    QListView#offered {{ background: {c["raised"]}; border: 1px solid {c["line2"]}; padding: 0; }}
    QListView#picked::item {{ padding: 4px 8px; border-radius: 4px; }}
    QListView#picked::item:selected {{ background: {c["accentbg"]}; color: {c["accent"]}; }}
    QLineEdit:focus {{ border: 2px solid {c["accent"]}; padding: 3px 7px; }}
    QComboBox[wrong="true"] {{ border: 2px solid {c["bad"]}; border-radius: 6px; }}
    QPlainTextEdit[wrong="true"] {{ border: 2px solid {c["bad"]}; padding: 1px 3px; }}
    QLineEdit[wrong="true"] {{ border: 2px solid {c["bad"]}; padding: 3px 7px; }}
    #timeBar {{ background: {c["surface"]}; border-top: 1px solid {c["line"]}; }}
    #timeBar QLabel#day {{ color: {c["accent"]}; }}
    #timeBar QLabel#pace {{ color: {c["ink3"]}; }}
    QToolButton {{ border: 0; border-radius: 6px; padding: 5px; background: transparent; color: {c["ink2"]}; }}
    QToolButton:hover {{ background: {c["accentbg"]}; }}
    QToolButton:pressed {{ background: {c["sunken"]}; }}
    QToolButton:focus {{ border: 2px solid {c["accent"]}; padding: 3px; }}
    QToolButton#swatch:checked {{ border: 2px solid {c["accent"]}; padding: 3px; background: {c["accentbg"]}; }}
    QToolButton#play {{ background: {c["accent"]}; border-radius: 17px; padding: 0; }}
    QToolButton#play:hover {{ background: {c["ink2"]}; }}
    QToolButton#play:focus {{ border: 2px solid {c["ink"]}; }}
    QToolButton#play:disabled {{ background: {c["line2"]}; }}
    QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {c["line2"]}; }}
    QSlider::sub-page:horizontal {{ background: {c["accent"]}; border-radius: 2px; }}
    QSlider::handle:horizontal {{ width: 14px; height: 14px; margin: -5px 0; border-radius: 7px; }}
    QSlider::handle:horizontal {{ background: {c["accent"]}; }}
    QSlider::handle:horizontal:focus {{ border: 2px solid {c["ink"]}; width: 12px; height: 12px; }}
    QSlider::sub-page:horizontal:disabled, QSlider::handle:horizontal:disabled {{ background: {c["ink4"]}; }}
    """
