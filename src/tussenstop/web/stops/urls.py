from django.urls import path

from tussenstop.web.stops import agenda, checklist, dates, preparing, stop, texts

urlpatterns = [
    path("stops/<uuid:stop_id>/", stop.show, name="stop"),
    path("stops/<uuid:stop_id>/close/", stop.close, name="stop_close"),
    path("stops/<uuid:stop_id>/date/", dates.propose, name="stop_date"),
    path("stops/<uuid:stop_id>/date/answer/", dates.answer, name="stop_date_answer"),
    path("stops/<uuid:stop_id>/date/withdraw/", dates.withdraw, name="stop_date_withdraw"),
    path("stops/<uuid:stop_id>/agenda/add/", agenda.add, name="stop_agenda_add"),
    path("stops/<uuid:stop_id>/agenda/mark/", agenda.mark, name="stop_agenda_mark"),
    path("stops/<uuid:stop_id>/checklist/add/", checklist.add, name="stop_checklist_add"),
    path("stops/<uuid:stop_id>/checklist/mark/", checklist.mark, name="stop_checklist_mark"),
    path("stops/<uuid:stop_id>/notes/", texts.notes, name="stop_notes"),
    path("stops/<uuid:stop_id>/outcome/", texts.outcome, name="stop_outcome"),
    path("stops/<uuid:stop_id>/prepare/", preparing.prepare, name="stop_prepare"),
    path("stops/<uuid:stop_id>/prepare/share/", preparing.share, name="stop_prepare_share"),
]
