from django.urls import include, path

from tussenstop.web.partnership.views import (
    address,
    competences,
    institutions,
    members,
    organisations,
    overview,
    programmes,
    template,
    workplaces,
)

an_institution = [
    path("", institutions.institution, name="institution"),
    path("edit/", institutions.edit, name="institution_edit"),
    path("people/", members.people, name="institution_people"),
    path("people/add/", members.give, name="institution_people_add"),
    path("programmes/add/", programmes.add, name="programme_add"),
]
an_organisation = [
    path("", organisations.organisation, name="organisation"),
    path("edit/", organisations.edit, name="organisation_edit"),
    path("people/", members.people, name="organisation_people"),
    path("people/add/", members.give, name="organisation_people_add"),
    path("workplaces/add/", workplaces.add, name="workplace_add"),
]
a_workplace = [
    path("", workplaces.workplace, name="workplace"),
    path("edit/", workplaces.edit, name="workplace_edit"),
    path("hours/", workplaces.hours, name="workplace_hours"),
    path("close/", workplaces.close, name="workplace_close"),
    path("photos/", workplaces.photos, name="workplace_photos"),
]
a_programme = [
    path("", programmes.programme, name="programme"),
    path("edit/", programmes.edit, name="programme_edit"),
    path("close/", programmes.close, name="programme_close"),
    path("competences/", competences.competences, name="competences"),
    path("competences/paste/", competences.paste, name="competences_paste"),
    path("route/", template.template, name="template"),
    path("route/add/", template.add, name="template_stop_add"),
    path("route/reset/", template.reset, name="template_reset"),
]

urlpatterns = [
    path("", overview.overview, name="partnership"),
    path("organisations/", overview.organisations, name="organisations"),
    path("organisations/add/", organisations.add, name="organisation_add"),
    path("organisations/<uuid:organisation_id>/", include(an_organisation)),
    path("workplaces/<uuid:workplace_id>/", include(a_workplace)),
    path("photos/<uuid:photo_id>/", workplaces.photo, name="photo"),
    path("photos/<uuid:photo_id>/remove/", workplaces.remove_photo, name="photo_remove"),
    path("institutions/add/", institutions.add, name="institution_add"),
    path("institutions/<uuid:institution_id>/", include(an_institution)),
    path("programmes/<uuid:programme_id>/", include(a_programme)),
    path("competences/<uuid:competence_id>/edit/", competences.edit, name="competence_edit"),
    path("competences/<uuid:competence_id>/move/", competences.move, name="competence_move"),
    path("competences/<uuid:competence_id>/remove/", competences.remove, name="competence_remove"),
    path("stops/<uuid:stop_id>/edit/", template.edit, name="template_stop_edit"),
    path("stops/<uuid:stop_id>/move/", template.move, name="template_stop_move"),
    path("stops/<uuid:stop_id>/remove/", template.remove, name="template_stop_remove"),
    path("roles/<uuid:membership_id>/end/", members.end, name="role_end"),
    path("roles/<uuid:membership_id>/address/", address.address, name="role_address"),
    path("administrators/", members.people, name="administrators"),
    path("administrators/add/", members.give, name="administrators_add"),
]
