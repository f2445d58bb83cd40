from django.urls import path

from tussenstop.web.routelog import views

urlpatterns = [
    path("routes/<uuid:route_id>/log/", views.log, name="route_log"),
    path("log/<uuid:word_id>/take-back/", views.take_back, name="route_log_take_back"),
]
