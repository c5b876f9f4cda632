"""What a workshop session is: columns, rows, tables, commands, undo. Pure: no clock, no disk, no screen."""
