"""Addresses of trees, below ``/admin/translating/``."""

from django.urls import path

from core.translating.bulk import views

urlpatterns = [
    path("trees/<int:page_id>/", views.TreeView.as_view(), name="tree"),
    path("trees/jobs/<uuid:pk>/", views.JobView.as_view(), name="bulk"),
    path("trees/jobs/<uuid:pk>/again/", views.AgainView.as_view(), name="bulk_again"),
]
