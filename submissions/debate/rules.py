"""What a debate asks of an idea, remembered: a rule that is changed holds within seconds.

Whether the debate is open is never remembered: the statement that writes asks the database's clock.
"""

from django.core.cache import cache

from submissions.models import Consultation, Debate

SECONDS = 10
OWN = ("pk", "shortest_idea", "longest_idea", "near_from")
CONSULTATIONS = ("consultation_id", "consultation__languages")


def debate_to_write_in(debate_id: int, site_id: int | None) -> Debate | None:
    """The debate with its rules for writing and no more, if it is of the site."""
    key = f"debate:{debate_id}:{site_id}:rules"
    rules = cache.get(key)
    if rules is None:
        here = Debate.objects.filter(pk=debate_id, consultation__site=site_id)
        rules = here.values_list(*OWN, *CONSULTATIONS).first()
        if rules is None:
            return None
        cache.set(key, rules, SECONDS)
    *own, consultation_id, languages = rules
    consultation = Consultation(pk=consultation_id, languages=languages)
    return Debate(consultation=consultation, **dict(zip(OWN, own, strict=True)))
