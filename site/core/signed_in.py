"""Who is signed in of those that write in the admin, asked before what they wrote is sent."""

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def signed_in(request: HttpRequest) -> JsonResponse:
    """Who it is, and a token for the form that waits: signing in made the one it holds worthless.

    The admin refuses who is not signed in, before this is reached.
    """
    return JsonResponse({"who": request.user.pk, "token": get_token(request)})
