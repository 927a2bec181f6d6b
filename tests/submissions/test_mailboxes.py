"""Case 15: one mailbox, however its address is written; and what can be taken for another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.mail.mailboxes import NoMailbox, deliverable, likeness_of, mailbox_of
from submissions.models import Address, Cluster, ClusterKind, Consultation
from submissions.suspects.finding import find_clusters
from tests.factories import participant

PLAIN = "camille.martin@example.org"


@pytest.mark.parametrize(
    "written",
    [
        "Camille.Martin@example.org",
        "camille.martin@EXAMPLE.ORG",
        " camille.martin@example.org ",
        "camille.martin+consultation@example.org",
        "camille.martin+a+b@example.org",
        "camille.martin@example.org.",
        # As an East Asian keyboard writes it: a wide “e”, a wide “@”.
        "camille.martin@\uff45xample.org",
        "camille.martin\uff20example.org",
    ],
)
def test_these_are_one_mailbox(written: str):  # case 15
    assert mailbox_of(written) == PLAIN


@pytest.mark.parametrize(
    "other",
    [
        "camillemartin@example.org",  # dots tell two people apart at most providers
        "camille.martin@mail.example.org",
        "camille_martin@example.org",
        "camille.martin@ex\u0430mple.org",  # with a Cyrillic letter
        "camille.martin@exämple.org",
    ],
)
def test_these_are_others(other: str):  # case 15
    assert mailbox_of(other) != PLAIN


def test_a_name_that_begins_with_a_plus_is_no_tag():
    assert mailbox_of("+camille@example.org") == "+camille@example.org"


@pytest.mark.parametrize(
    ("typed", "domain"),
    [
        ("a@straße.de", "xn--strae-oqa.de"),  # IDNA 2008: not strasse.de, which is another's
        ("a@STRAẞE.de", "xn--strae-oqa.de"),
        ("a@XN--STRAE-OQA.DE", "xn--strae-oqa.de"),
        ("a@café.fr", "xn--caf-dma.fr"),
        ("a@cafe\u0301.fr", "xn--caf-dma.fr"),
        ("a@例え.jp", "xn--r8jz45g.jp"),
    ],
)
def test_a_domain_is_compared_and_written_to_in_ascii(typed: str, domain: str):  # case 15
    assert mailbox_of(typed) == f"a@{domain}"
    assert deliverable(typed).lower() == f"a@{domain}"


@pytest.mark.parametrize(
    "said",
    [
        *("", "@", "a", "a@", "@example.org", "a@-b.org", "a@b..org", "a@[127.0.0.1]"),
        *("a@b c.org", "a@\u200b.org", "a@b\n.org", f"a@{'x' * 64}.org", f"{'a' * 250}@b.org"),
    ],
)
def test_what_is_no_mailbox_is_refused(said: str):
    with pytest.raises(NoMailbox):
        mailbox_of(said)


@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_is_said_gives_a_mailbox_or_a_refusal(name: str, domain: str):
    try:
        mailbox = mailbox_of(f"{name}@{domain}")
    except NoMailbox:
        return
    assert mailbox_of(mailbox) == mailbox
    assert mailbox.rpartition("@")[2].isascii()
    assert "@" in likeness_of(mailbox)


@given(
    st.from_regex(r"[a-z][a-z0-9._-]{0,20}", fullmatch=True),
    st.from_regex(r"[a-z0-9.+-]{0,10}", fullmatch=True),
    st.from_regex(r"[a-z][a-z0-9]{0,15}\.(org|fr)", fullmatch=True),
)
def test_case_and_tags_never_matter(name: str, tag: str, domain: str):  # case 15
    written = f"{name.upper()}+{tag}@{domain.title()}"
    assert mailbox_of(written) == mailbox_of(f"{name}@{domain}") == f"{name}@{domain}"


@pytest.mark.parametrize(
    "other",
    [
        "camillemartin@example.org",
        "camille.martin@ex\u0430mple.org",  # Cyrillic
        "camille.martin@ex\u0430m\u0440l\u0435.org",
        "camille.martin@examplé.org",
        "camille.martin@exämple.org",
    ],
)
@pytest.mark.django_db
def test_addresses_that_look_alike_are_shown_to_organisers(
    consultation: Consultation, other: str
):  # case 15
    for email in (PLAIN, other, "somebody@else.org"):
        mailbox = mailbox_of(email)
        Address.objects.create(
            consultation=consultation,
            participant=participant(consultation),
            email=email,
            mailbox=mailbox,
            likeness=likeness_of(mailbox),
            language="en",
        )
    find_clusters()
    find_clusters()
    (cluster,) = Cluster.objects.all()
    assert cluster.kind == ClusterKind.LOOKALIKE
    told = cluster.members.values_list("participant__address__email", flat=True)
    assert sorted(told) == sorted([PLAIN, other])
