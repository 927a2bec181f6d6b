"""The coding scheme: two levels, named in each language, edited by who may, in and out as CSV."""

from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from submissions.contributions.staff import coding, passages
from submissions.contributions.staff.places import find
from submissions.contributions.staff.scheme import files, services
from submissions.contributions.staff.scheme.services import SchemeRefused, Words
from submissions.contributions.staff.scheme.tree import tree_of
from submissions.models import Code, CodedContribution, Passage
from tests.factories import bilingual_site
from tests.submissions.libraries import Room, desk_of, member_of_staff, room

SCHEME = reverse("contributions:scheme")


@pytest.fixture
def where(db: None) -> Room:
    return room()


@pytest.fixture
def maker(where: Room) -> Any:
    return member_of_staff("maker", "view_contribution", "change_scheme")


@pytest.fixture
def desk(maker: Any) -> Client:
    return desk_of(maker)


@pytest.fixture
def code(where: Room, maker: Any) -> Any:
    def add(name: str, parent: Code | None = None, definition: str = "") -> Code:
        labels = {"en": Words(name, definition), "fr": Words(f"[fr] {name}")}
        return services.add(where.where.consultation, labels, parent, maker)

    return add


def names(where: Room) -> list[Any]:
    return [
        (branch.code.name_in("en"), [child.name_in("en") for child in branch.children])
        for branch in tree_of(where.where.consultation)
    ]


def edit(code: Code) -> str:
    return reverse("contributions:code_edit", args=[code.pk])


def typed(name: str, **more: Any) -> dict[str, Any]:
    return {"act": "change", "name_en": name, "name_fr": f"[fr] {name}", **more}


def test_a_code_is_added_in_every_language_below_another(desk, where, code):
    top = code("Openness")
    response = desk.post(
        reverse("contributions:scheme_add"),
        typed("Licences", definition_en="Of models.", parent=top.pk),
    )
    assert response.status_code == 302
    assert names(where) == [("Openness", ["Licences"])]
    made = Code.objects.get(parent=top)
    assert {label.language: label.name for label in made.labels.all()} == {
        "en": "Licences",
        "fr": "[fr] Licences",
    }
    html = unescape(desk.get(SCHEME).content.decode())
    assert "Of models." in html
    assert "[fr] Licences" in html


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"name_fr": ""}, "Name the code in every language."),
        ({"name_en": "OPENNESS"}, "Another code bears this name."),
        ({"parent": "999999"}, ""),
        ({"name_en": "x" * 101}, "100"),
    ],
)
def test_a_code_that_can_not_be_is_told_and_what_was_typed_kept(desk, where, code, more, told):
    code("Openness")
    response = desk.post(reverse("contributions:scheme_add"), typed("Trust") | more)
    html = unescape(response.content.decode())
    assert response.status_code == 422
    assert told in html
    assert Code.objects.count() == 1
    assert (more.get("name_en") or "Trust") in html


def test_there_are_two_levels(where, code, maker):
    top, other = code("A"), code("B")
    below = code("C", top)
    for moved, parent in ((other, below), (top, other), (top, top)):
        labels = {label.language: Words(label.name) for label in moved.labels.all()}
        with pytest.raises(SchemeRefused):
            services.change(moved, labels, parent, maker)


def test_codes_are_moved_retired_and_taken_up(desk, where, code):
    first, second = code("A"), code("B")
    below = code("C", second)
    desk.post(edit(second), {"act": "up"})
    assert names(where) == [("B", ["C"]), ("A", [])]
    desk.post(edit(second), {"act": "up"})  # at the top it stays
    assert names(where) == [("B", ["C"]), ("A", [])]
    desk.post(edit(second), {"act": "retire"})
    assert names(where) == [("A", [])]
    desk.post(edit(below), {"act": "take_up"})
    assert names(where) == [("B", ["C"]), ("A", [])]
    assert desk.post(edit(first), {"act": "nothing"}).status_code == 422


def test_a_retired_code_stays_where_it_was_given_and_is_given_no_more(desk, where, code, maker):
    one, one_code = where.contribution(), code("Old")
    coding.code_contribution(one, [one_code], maker)
    services.retire(one_code, maker)
    assert CodedContribution.objects.filter(contribution=one).exists()
    assert tree_of(where.where.consultation) == []
    assert names_with(where, one_code) == ["Old"]


def names_with(where: Room, code: Code) -> list[str]:
    shown = tree_of(where.where.consultation, also={code.pk})
    return [branch.code.name_in("en") for branch in shown]


def test_two_codes_become_one_and_nothing_is_counted_twice(desk, where, code, maker):
    one, two = where.contribution(), where.contribution("Open the data.")
    gone, stays = code("Open"), code("Openness")
    below = code("Licences", gone)
    coding.code_contribution(one, [gone, stays], maker)
    coding.code_contribution(two, [gone], maker)
    answer = two.answers.get()
    passages.mark(answer, find(answer.text, "the data"), [gone], maker, quote="the data")
    response = desk.post(edit(gone), {"act": "merge", "into": stays.pk})
    assert response.status_code == 302
    assert not Code.objects.filter(pk=gone.pk).exists()
    assert CodedContribution.objects.filter(code=stays).count() == 2
    assert list(Passage.objects.get().codes.all()) == [stays]
    below.refresh_from_db()
    assert below.parent == stays


def test_merging_into_itself_or_too_deep_is_told(desk, code):
    top, other = code("A"), code("B")
    code("C", top)
    below = code("D", other)
    for into in (top.pk, below.pk, "", "x"):
        assert desk.post(edit(top), {"act": "merge", "into": into}).status_code == 422
    assert Code.objects.count() == 4


# --- As a file ------------------------------------------------------------------------------------


def csv_of(where: Room) -> str:
    return "".join(files.as_csv(where.where.consultation))


def load(desk: Client, content: bytes) -> Any:
    file = SimpleUploadedFile("codes.csv", content, "text/csv")
    return desk.post(reverse("contributions:scheme_load"), {"file": file})


def test_a_scheme_written_and_read_again_is_the_same(desk, where, code, maker):
    top = code("=SUM(A1)", definition='Says "open", or\nnot; or…')
    code("-Licences", top)
    code("'quoted")
    services.retire(code("Old"), maker)
    before = csv_of(where)
    assert '"\'=SUM(A1)"' in before
    response = load(desk, before.encode())
    assert response.url.startswith(SCHEME)
    assert csv_of(where) == before


def test_a_file_changes_by_number_or_name_and_adds_the_rest_in_its_order(desk, where, code):
    top, other = code("Openness"), code("Trust")
    lines = [
        "number;parent;name_en;definition_en;name_fr;retired",
        ";;Work;;Travail;",
        f"{top.pk};;Open models;New words;Modèles ouverts;",
        ";Work;Training;;Formation;",
        ";;trust;;Confiance;yes",
    ]
    response = load(desk, "\r\n".join(lines).encode("utf-8-sig"))
    assert response.status_code == 302
    assert names(where) == [("Work", ["Training"]), ("Open models", [])]
    other.refresh_from_db()
    assert other.retired_at is not None
    assert Code.objects.count() == 4


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "These columns are missing: name_en, name_fr."),
        (b"a,b\n1,2\n", "These columns are missing"),
        (b"name_en,name_fr\n", "No line of this file names a code."),
        (b"name_en,name_fr\nOpen,\n", "Line 2: the name in one language is missing (fr)."),
        (b"name_en,name_fr,parent\nA,B,Z\n", "Line 2: no code above is named “Z”."),
        (b"name_en,name_fr,number\nA,B,9\n", "Line 2: no code has the number 9."),
        (b"name_en,name_fr,number\nA,B,x\n", "Line 2: no code has the number x."),
        (b"name_en,name_fr\nA,B\nA,C\n", "Line 3: this code stands in the file twice."),
        (b"name_en,name_fr,parent\nA,B,\nC,D,A\nE,F,C\n", "Line 4: there are two levels only."),
        (b"name_en,name_fr\nCaf\xe9,B\n", "This file is not text in UTF-8."),
        (b"name_en,name_fr\nA\0,B\n", "This file is not text in UTF-8."),
        (b"name_en,name_fr\n" + b"x" * 101 + b",B\n", "Line 2: the words are too long"),
        (b'name_en,name_fr\n"' + b"x" * 200_000, "can’t be read as CSV"),
    ],
)
def test_a_file_that_can_not_be_loaded_is_told_and_changes_nothing(
    desk, where, code, content, told
):
    code("Openness")
    before = csv_of(where)
    response = load(desk, content)
    assert response.status_code == 422
    assert told in unescape(response.content.decode())
    assert csv_of(where) == before


def test_a_file_of_another_kind_and_size_is_told(desk):
    assert load(desk, b"x" * (1024 * 1024 + 1)).status_code == 422
    assert desk.post(reverse("contributions:scheme_load")).status_code == 422


# --- Who may, and all that bears a code -----------------------------------------------------------


def test_readers_see_the_scheme_and_change_nothing(where, code):
    one = code("Openness")
    reader = desk_of(member_of_staff("reader", "view_contribution"))
    html = unescape(reader.get(SCHEME).content.decode())
    assert "Openness" in html
    assert "Add a code" not in html
    assert reader.get(reverse("contributions:scheme_csv")).status_code == 200
    for url in (
        edit(one),
        reverse("contributions:scheme_add"),
        reverse("contributions:scheme_load"),
    ):
        assert reader.get(url).status_code == 302
        assert reader.post(url, {"act": "retire"}).status_code == 302
    one.refresh_from_db()
    assert one.retired_at is None


def test_another_consultations_scheme_is_its_own(desk, where, code, maker):
    other = bilingual_site("other.example").consultation
    code("Openness")
    theirs = services.add(other, {"en": Words("Openness"), "fr": Words("Ouverture")}, None, maker)
    html = unescape(desk.get(SCHEME, {"consultation": other.pk}).content.decode())
    assert f"code-{theirs.pk}" in html
    assert desk.post(edit(theirs), {"act": "merge", "into": code("A").pk}).status_code == 422


def test_all_passages_of_a_code_stand_on_its_page_with_those_of_codes_below(where, code, maker):
    top = code("Openness")
    below = code("Licences", top)
    one = where.contribution("=Open the models.")
    answer = one.answers.get()
    passages.mark(answer, find(answer.text, "=Open"), [below], maker, quote="=Open")
    coding.code_contribution(one, [top], maker)
    reader = desk_of(member_of_staff("reader", "view_contribution", "export_contribution"))
    html = unescape(reader.get(reverse("contributions:code", args=[top.pk])).content.decode())
    for words in ("=Open", "1 passage", one.reference, one.name):
        assert words in html
    csv_url = reverse("contributions:code_csv", args=[top.pk])
    answered: Any = reader.get(csv_url)
    lines = b"".join(answered.streaming_content).decode()
    assert f'"{one.reference}"' in lines
    assert '"\'=Open"' in lines
    # As the exports name them, so that both files can be joined.
    assert f'"q{answer.question_id}"' in lines
    assert f'"k{below.pk}"' in lines
    assert one.name not in lines


def test_passages_as_a_file_are_an_export(where, code):
    url = reverse("contributions:code_csv", args=[code("Openness").pk])
    reader = desk_of(member_of_staff("reader", "view_contribution"))
    assert reader.get(url).status_code == 302
    assert url not in reader.get(url.removesuffix("passages.csv")).content.decode()
