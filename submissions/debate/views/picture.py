"""The picture that other sites show of an idea. Open to all, without a cookie."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from core.share_pictures.views import A_DAY, moved, shown
from submissions.debate.views.page import debate_or_404
from submissions.debate.views.reading import idea_or_404
from submissions.registry import page_of
from submissions.sharing import idea_picture_url, picture_of_idea, place_of


@require_safe
def idea_picture(request: HttpRequest, idea_id: int, version: str) -> HttpResponseBase:
    """An idea's words as a picture, as long as it is published.

    Kept by others for a day only: an idea that is withdrawn must go.
    """
    idea = idea_or_404(request, idea_id)
    debate = debate_or_404(request, idea.debate_id)
    language: str = request.LANGUAGE_CODE
    text = idea.text_in(language) or idea.original
    if text is None:
        raise ValueError(f"Idea {idea.pk} has no words")
    picture = picture_of_idea(request, idea.pk, text, page_of(debate, language))
    if version != picture.version:
        return moved(idea_picture_url(idea.pk, picture))
    return shown(place_of(idea.pk), picture, f"public, max-age={A_DAY}")
