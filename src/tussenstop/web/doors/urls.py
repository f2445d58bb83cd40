from django.urls import path

from tussenstop.web.doors import views

urlpatterns = [path("d/<str:token>/", views.door, name="door")]
