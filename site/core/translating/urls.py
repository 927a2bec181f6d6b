"""The addresses of the desk, under ``translating/`` of the admin."""

from django.urls import path

from core.translating import deeds, desk
from core.translating.bulk.urls import urlpatterns as trees
from core.translating.choosing import ChooseView
from core.translating.po.urls import urlpatterns as files
from core.translating.stopping import SwitchView

urlpatterns = [
    path("pages/<int:page_id>/", desk.DeskView.as_view(), name="desk"),
    path("pages/<int:page_id>/ready/", deeds.say_ready, name="ready"),
    path("pages/<int:page_id>/send-back/", deeds.send_back, name="send_back"),
    path("pages/<int:page_id>/publish/", deeds.publish, name="publish"),
    path("pages/<int:page_id>/preview/", desk.preview, name="preview"),
    path("pages/<int:page_id>/stop/", SwitchView.as_view(), name="stop"),
    path("pages/<int:page_id>/resume/", SwitchView.as_view(stops=False), name="resume"),
    path("pages/<int:page_id>/propose/", deeds.propose, name="propose"),
    path("pages/<int:page_id>/choose/<int:segment_id>/", ChooseView.as_view(), name="choose"),
    *files,
    *trees,
]
