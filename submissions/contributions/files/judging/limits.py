"""How much a file may cost to look at, and how much may come out of it."""

import resource

MIB = 1024 * 1024
MEMORY = 512 * MIB  # of addresses: Python and qpdf take some 150 of it before a file is read
SECONDS_OF_PROCESSOR = 10
UNPACKED = 150 * MIB  # of a whole document
MARKUP = 60 * MIB  # of its XML: the rest is pictures, which are not drawn here
MEMBERS = 3_000
RATIO = 200  # deflate packs text 3 to 20 times, empty tables 60 times
RATIO_FROM = 1 * MIB  # smaller members may be as empty as they like
PAGES = 2_000


def confine() -> None:
    """Let this process have no more than that, write nothing and start nothing."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_OF_PROCESSOR, SECONDS_OF_PROCESSOR + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
