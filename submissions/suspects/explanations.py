"""What each kind of cluster is, and what else it may be: for the organiser who judges."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from submissions.models import ClusterKind

EXPLANATIONS: dict[ClusterKind, str | Promise] = {
    ClusterKind.NEWCOMERS: _(
        "These participants began within an hour of each other, on one network. It may be somebody "
        "who clears their cookies; it may as well be a school, a town hall or a phone company. The "
        "network itself is not known, and can’t be found out."
    ),
    ClusterKind.ALIKE: _(
        "Within three hours, these participants said exactly the same of the same ten ideas or "
        "more. It may be a program; in a debate of few ideas, it may as well be people who agree "
        "with everything, or who follow a list that somebody passes round."
    ),
    ClusterKind.UNTRUSTED: _(
        "These participants sent votes without having been shown a card: a program does that. Such "
        "votes are never counted; what you decide here is whether their other votes are."
    ),
    ClusterKind.SPEED: _(
        "These participants voted twenty times within twenty seconds, at least once: nobody reads "
        "ideas that fast. It may be a program, or somebody who presses without reading."
    ),
    ClusterKind.LOOKALIKE: _(
        "The e-mail addresses of these participants differ by dots, accents or letters of another "
        "alphabet that look the same. At some providers they are one mailbox: it may be one "
        "person. It may as well be two people with one name. The addresses are not shown."
    ),
}
