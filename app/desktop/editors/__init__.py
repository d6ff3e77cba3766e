"""One editor for each kind of field: in forms, and in the cells of tables."""

from app.desktop.editors.choosing import editor
from app.desktop.editors.field import FieldEditor

__all__ = ["FieldEditor", "editor"]
