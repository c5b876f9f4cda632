"""The journey as maps: columns, lanes, lines and their turns, free of any screen."""
