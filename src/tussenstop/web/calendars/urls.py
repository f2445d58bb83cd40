from django.urls import path

from tussenstop.web.calendars import busy_views, feed_views, link_views, term_views, views

urlpatterns = [
    path("routes/<uuid:route_id>/availability/", busy_views.busy, name="busy"),
    path("routes/<uuid:route_id>/availability/share/", busy_views.share, name="busy_share"),
    path("calendar/", views.week, name="calendar"),
    path("calendar/term/", term_views.term, name="calendar_term"),
    path("calendar/add/", views.add, name="calendar_add"),
    path("calendar/limit/", views.set_limit, name="calendar_limit"),
    path("calendar/week/", feed_views.type_week, name="calendar_type_week"),
    path("calendar/elsewhere/", feed_views.feeds, name="calendar_feeds"),
    path("calendar/elsewhere/address/", feed_views.follow, name="calendar_follow"),
    path("calendar/elsewhere/file/", feed_views.bring_file, name="calendar_file"),
    path("calendar/elsewhere/<uuid:feed_id>/", feed_views.feed, name="calendar_feed"),
    path(
        "calendar/elsewhere/<uuid:feed_id>/again/",
        feed_views.read_again,
        name="calendar_feed_again",
    ),
    path(
        "calendar/elsewhere/<uuid:feed_id>/file/",
        feed_views.replace_file,
        name="calendar_feed_file",
    ),
    path(
        "calendar/elsewhere/<uuid:feed_id>/remove/",
        feed_views.remove,
        name="calendar_feed_remove",
    ),
    path("calendar/links/", link_views.links, name="calendar_links"),
    path("calendar/links/add/", link_views.add, name="calendar_link_add"),
    path("calendar/links/<uuid:link_id>/revoke/", link_views.revoke, name="calendar_link_revoke"),
    path("calendar/feed/<str:token>.ics", link_views.file, name="calendar_link_file"),
    path("calendar/<uuid:commitment_id>/", views.change, name="commitment"),
    path("calendar/<uuid:commitment_id>/day/", views.leave_out, name="commitment_day"),
    path("calendar/<uuid:commitment_id>/move/<slug:day>/", views.move, name="commitment_move"),
    path("calendar/<uuid:commitment_id>/remove/", views.remove, name="commitment_remove"),
]
