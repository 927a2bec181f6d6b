"""Looking at processes from outside."""

from pathlib import Path


def running(number: int) -> bool:
    """Whether the process works still (a dead one that nobody collected doesn't)."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def working_in(folder: Path) -> list[str]:
    """The command lines of running processes that name ``folder`` or stand in it."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            place = (process / "cwd").readlink()
        except OSError:
            continue
        if running(int(process.name)) and (str(folder) in command or place.is_relative_to(folder)):
            found.append(f"{process.name}: {command}")
    return found
