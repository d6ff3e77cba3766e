"""Dataset + options → Scene: one file a view, and what views share. No Qt."""
