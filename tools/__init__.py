"""The commands behind the Makefile. Standard library only until the virtual environment exists."""
