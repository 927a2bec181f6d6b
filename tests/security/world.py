"""A consultation in which every address has its row: pages, files, dossiers, ideas, suspicions.

``Rows`` names each value that an address can be asked with, by the words of docs/roles.md: ``page``
is an English page, ``page fr`` its translation. A parameter of an address takes the row of its own
name unless the table says which.
"""

import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupApprovalTask,
    Locale,
    Page,
    PageViewRestriction,
    UploadedFile,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail_localize.models import (
    OverridableSegment,
    StringSegment,
    Translation,
    TranslationSource,
)

from core.clock import database_now
from core.models import Term, TranslationFile
from submissions.contributions.files.storing import storage
from submissions.contributions.publishing.redacting import redact
from submissions.contributions.publishing.services import propose
from submissions.models import (
    Attachment,
    Campaign,
    CampaignMember,
    Cluster,
    ClusterKind,
    Code,
    Contribution,
    Debate,
    DraftAuthor,
    Export,
    IdeaStatus,
    Note,
    Passage,
    Question,
    Questionnaire,
    RedactionReason,
)
from tests.factories import (
    BilingualSite,
    ThemePageFactory,
    bilingual_theme,
    document,
    idea,
    participant,
    picture,
    published,
)
from tests.submissions.libraries import Room

Rows = dict[str, Any]
ELSEWHERE = "water.example.org"  # another site on the same installation


def every_row(where: BilingualSite, by: User) -> Rows:
    """Make what addresses lead to; ``by`` did what somebody must have done."""
    page, page_fr = bilingual_theme(where)
    asked = Questionnaire.objects.get(translation_key=page.translation_key)
    room = Room(where, asked, page, page_fr)
    return {
        **_pages(where, page, page_fr, by),
        **_translations(page, page_fr, by),
        **_library(by),
        **_machinery(where, by),
        **_forms(room),
        **_contributions(room, by),
        "code of a language": "fr",
    }


def _pages(where: BilingualSite, page: Page, page_fr: Page, by: User) -> Rows:
    draft = ThemePageFactory(parent=where.themes, title="Quagga")
    draft.save_revision(user=by)
    draft_fr = published(
        ThemePageFactory(parent=where.themes_fr, title="Couagga", locale=page_fr.locale)
    )
    draft_fr.unpublish()
    alias = published(ThemePageFactory(parent=where.themes, title="Zebra")).create_alias(
        parent=where.themes, update_slug="zebra-again"
    )
    changed = published(page)
    restriction = PageViewRestriction.objects.create(
        page=draft, restriction_type=PageViewRestriction.PASSWORD, password="x"
    )
    return {
        "page": page.pk,
        "page fr": page_fr.pk,
        "draft page": draft.pk,
        "draft page fr": draft_fr.pk,
        "alias": alias.pk,
        "parent": where.themes.pk,
        "parent fr": where.themes_fr.pk,
        "revision": changed.get_latest_revision().pk,
        "revision fr": page_fr.get_latest_revision().pk,
        "restriction": restriction.pk,
        "path": "en/themes/",
        "session": EditingSession.objects.create(
            user=by, content_object=page, last_seen_at=database_now()
        ).pk,
    }


def _translations(page: Page, page_fr: Page, by: User) -> Rows:
    source = TranslationSource.objects.get(object_id=page.translation_key)
    translation = Translation.objects.get(source=source)
    override = OverridableSegment.objects.filter(source=source).first()
    file = TranslationFile.objects.create(page=page_fr, by=by, name="theme.po", content=b"")
    return {
        "translation file": file.pk,
        "source": source.pk,
        "translation": translation.pk,
        "segment": StringSegment.objects.filter(source=source).order_by("pk")[0].pk,
        "override": override.pk if override else 0,
    }


def _library(by: User) -> Rows:
    upload = UploadedFile.objects.create(
        uploaded_by_user=by, file=ContentFile(b"x", name="half.png")
    )
    collection = Collection.get_first_root_node().add_child(name="Press")
    restriction = CollectionViewRestriction.objects.create(collection=collection)
    note = document()
    return {
        "picture": picture().pk,
        "document": note.pk,
        "document name": Path(note.file.name).name,
        "upload": upload.pk,
        "collection": collection.pk,
        "restricted collection": restriction.pk,
    }


def _machinery(where: BilingualSite, by: User) -> Rows:
    workflow = Workflow.objects.create(name="Second pair of eyes")
    task = GroupApprovalTask.objects.create(name="Approval")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    task.groups.set(Group.objects.filter(name="Publishers: English"))
    WorkflowPage.objects.get_or_create(page=where.themes, defaults={"workflow": workflow})
    theme = Page.objects.child_of(where.themes).filter(title="Quagga").get()
    state = workflow.start(theme, by)
    return {
        "workflow": workflow.pk,
        "task": task.pk,
        "workflow state": state.pk,
        "task state": state.current_task_state.pk,
        "redirect": Redirect.objects.create(old_path="/old", redirect_link="/en/").pk,
        "site": where.site.pk,
        "locale": Locale.objects.get(language_code="fr").pk,
        "account": User.objects.create_user("somebody-else").pk,
        "group": Group.objects.order_by("pk")[0].pk,
        "term": Term.objects.create().pk,
    }


def _forms(room: Room) -> Rows:
    debate = Debate.objects.get(translation_key=room.page.translation_key)
    asked = room.questionnaire
    now = database_now()
    blocks = {"consultation": room.where.consultation, "translation_key": uuid.uuid4()}
    retired = Debate.objects.create(**blocks, block_id=uuid.uuid4(), retired_at=now)
    old = Questionnaire.objects.create(**blocks, block_id=uuid.uuid4(), retired_at=now)
    author = participant(room.where.consultation)
    cluster = Cluster.objects.create(
        consultation=room.where.consultation,
        kind=ClusterKind.NEWCOMERS,
        mark=b"m" * 32,
        began_at=now - timedelta(hours=1),
        ended_at=now,
    )
    cluster.members.create(participant=author)
    return {
        "debate": debate.pk,
        "retired debate": retired.pk,
        "questionnaire": asked.pk,
        "retired questionnaire": old.pk,
        "question": Question.objects.filter(questionnaire=asked).order_by("pk")[0].pk,
        "idea": idea(debate, author=author).pk,
        "idea fr": idea(debate, "Il faut planter.", "fr", author=author).pk,
        "waiting idea": idea(
            debate, "We should keep the quagga.", "en", IdeaStatus.AWAITING, author=author
        ).pk,
        "waiting idea fr": idea(
            debate, "Il faut garder le couagga.", "fr", IdeaStatus.AWAITING, author=author
        ).pk,
        "cluster": cluster.pk,
    }


def _contributions(room: Room, by: User) -> Rows:
    consultation = room.where.consultation
    row: Contribution = room.contribution(short="A quagga.")
    answer = row.answers.order_by("pk")[0]
    code = Code.objects.create(consultation=consultation)
    code.labels.create(language="en", name="Openness")
    words = {"start": 0, "end": 5, "quote": answer.text[:5]}
    passage = Passage.objects.create(answer=answer, by=by, **words)
    passage.codes.add(code)
    file: Attachment = room.file(row)
    redact(answer, answer.text[:5], RedactionReason.PERSONAL_DATA, by)
    propose(row, by)
    public = room.published("Open the models, and say so.", email="sacha@example.org", draft=False)
    shared = room.file(public.contribution)
    own = DraftAuthor.objects.get(draft__contribution=row, owner=True).draft_id
    Attachment.objects.filter(pk=file.pk).update(draft=own)
    public.content["files"] = [
        {"id": str(shared.pk), "name": shared.name, "size": shared.size, "kind": shared.kind}
        | {"sha256": shared.sha256, "question": shared.question_id}
    ]
    public.save(update_fields=["content"])
    for one in (file, shared):
        if not storage().exists(one.key):
            storage().save(one.key, ContentFile(b"%PDF-1.7"))
    campaign = Campaign.objects.create(consultation=consultation)
    member = CampaignMember.objects.create(campaign=campaign, contribution=row, likeness=1.0)
    export = Export.objects.create(consultation=consultation, by=by, format="csv", language="en")
    return {
        "contribution": row.pk,
        "answer": answer.pk,
        "passage": passage.pk,
        "note": Note.objects.create(contribution=row, text="Quagga.", by=by).pk,
        "code": code.pk,
        "file": file.pk,
        "public file": shared.pk,
        "preview": row.pk,
        "publication": public.contribution.reference,
        "campaign": campaign.pk,
        "campaign member": member.pk,
        "export": export.pk,
        "draft": own,
    }
