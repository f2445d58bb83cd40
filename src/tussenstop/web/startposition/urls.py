from django.urls import path

from tussenstop.web.startposition import position, sharing, sides

urlpatterns = [
    path("routes/<uuid:route_id>/position/", position.show, name="position"),
    path("routes/<uuid:route_id>/position/sharing/", sharing.choose, name="position_sharing"),
    path("routes/<uuid:route_id>/position/growth/", position.growth, name="position_growth"),
    path("routes/<uuid:route_id>/position/summary/", sharing.summary, name="position_summary"),
    path("routes/<uuid:route_id>/position/summary.pdf", sharing.pdf, name="position_pdf"),
    path("routes/<uuid:route_id>/position/as/<slug:audience>/", sharing.as_if, name="position_as"),
    path("routes/<uuid:route_id>/position/<slug:key>/", position.part, name="position_part"),
    path("routes/<uuid:route_id>/side/", sides.tell, name="side"),
    path("routes/<uuid:route_id>/sides/", sides.beside, name="sides"),
]
