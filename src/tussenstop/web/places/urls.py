from django.urls import path

from tussenstop.web.places import browsing, favourites, meeting, offering

urlpatterns = [
    path("places/", browsing.browse, name="places"),
    path("places/<uuid:place_id>/", browsing.show, name="place"),
    path("places/<uuid:place_id>/wish/", favourites.wish, name="place_wish"),
    path("places/<uuid:place_id>/edit/", offering.edit, name="place_edit"),
    path("places/<uuid:place_id>/state/", offering.state, name="place_state"),
    path("places/<uuid:place_id>/prefer/<uuid:route_id>/", offering.prefer, name="place_prefer"),
    path("places/<uuid:place_id>/interest/", offering.interest, name="place_interest"),
    path("workplaces/<uuid:workplace_id>/places/add/", offering.add, name="place_add"),
    path("routes/<uuid:route_id>/favourites/", favourites.show, name="favourites"),
    path(
        "routes/<uuid:route_id>/favourites/<uuid:place_id>/move/",
        favourites.move,
        name="favourite_move",
    ),
    path(
        "routes/<uuid:route_id>/favourites/<uuid:place_id>/show/",
        favourites.show_interest,
        name="favourite_show",
    ),
    path("routes/<uuid:route_id>/meet/<uuid:place_id>/", meeting.ask, name="meet_place"),
    path("places/<uuid:place_id>/meet/<uuid:route_id>/", meeting.invite, name="meet_student"),
    path("acquaintances/<uuid:acquaintance_id>/", meeting.show, name="acquaintance"),
    path("acquaintances/<uuid:acquaintance_id>/suits/", meeting.suits, name="acquaintance_suits"),
    path("acquaintances/<uuid:acquaintance_id>/again/", meeting.again, name="acquaintance_again"),
    path(
        "acquaintances/<uuid:acquaintance_id>/answer/", meeting.answer, name="acquaintance_answer"
    ),
]
