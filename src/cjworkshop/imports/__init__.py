"""Files into rows, through one preview and one command."""
