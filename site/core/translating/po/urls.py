"""Addresses of PO files, below ``/admin/translating/``."""

from django.urls import path

from core.translating.po import views

urlpatterns = [
    path("pages/<int:page_id>/po/", views.PoView.as_view(), name="po"),
    path("pages/<int:page_id>/po/import/", views.ImportView.as_view(), name="po_import"),
    path("trees/<int:page_id>/po.zip", views.TreePoView.as_view(), name="tree_po"),
    path("trees/<int:page_id>/po/import/", views.TreeImportView.as_view(), name="tree_po_import"),
    path("files/<uuid:pk>/", views.ReportView.as_view(), name="file"),
]
