from django.urls import path

from tussenstop.web.home import about, views

urlpatterns = [
    path("", views.today, name="today"),
    path("healthz", views.healthz, name="healthz"),
    path("about/", about.about, name="about"),
    path("who-sees-what/", about.privacy, name="privacy"),
]
