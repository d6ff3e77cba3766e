"""Item models: what Qt's views show, over values that know no Qt."""
