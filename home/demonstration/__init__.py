"""The demonstration: the consultation of home/demo/, made as editors would make it."""
