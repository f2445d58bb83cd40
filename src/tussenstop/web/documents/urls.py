from django.urls import path

from tussenstop.web.documents import asking, papers

ROUTE = "routes/<uuid:route_id>/documents/"
ONE = ROUTE + "<uuid:placement_id>/<str:key>/"
PROGRAMME = "programmes/<uuid:programme_id>/documents/"

urlpatterns = [
    path(ROUTE, papers.show, name="documents"),
    path(ROUTE + "files/<uuid:paper_id>/", papers.download, name="document_file"),
    path(ONE, papers.give, name="document_give"),
    path(ONE + "open/", papers.open_without, name="document_open"),
    path(PROGRAMME, asking.show, name="programme_documents"),
    path(PROGRAMME + "switch/", asking.switch, name="programme_document_switch"),
    path(PROGRAMME + "add/", asking.add, name="programme_document_add"),
    path(PROGRAMME + "<uuid:requirement_id>/end/", asking.end, name="programme_document_end"),
]
