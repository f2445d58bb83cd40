from django.urls import path

from tussenstop.web.messages import delivery, devices, unsubscribe, views
from tussenstop.web.workers import worker_of

urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/read/", views.read_all, name="notices_read"),
    path("notices/preferences/", views.preferences, name="notice_preferences"),
    path("notices/<uuid:notice_id>/open/", views.open_notice, name="notice_open"),
    path("notices/mail-again/", delivery.mine_again, name="mail_again"),
    path("notices/<uuid:notice_id>/go/", devices.go, name="notice_go"),
    path("notices/devices/", devices.switch_on, name="device_on"),
    path("notices/devices/renew/", devices.renew, name="device_renew"),
    path("notices/devices/<uuid:device_id>/remove/", devices.remove, name="device_remove"),
    path("push-worker.js", worker_of("messages"), name="push_worker"),
    path("unsubscribe/<str:token>/", unsubscribe.unsubscribe, name="unsubscribe"),
    path("partnership/mail/", delivery.delivery, name="delivery"),
    path("partnership/mail/<uuid:mail_id>/again/", delivery.again, name="delivery_again"),
]
