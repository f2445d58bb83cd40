from django.urls import path

from tussenstop.web.imports import beginning, bringing_in

INSTITUTION = "institutions/<uuid:institution_id>/imports/"
ONE = "imports/<uuid:import_id>/"

urlpatterns = [
    path(INSTITUTION, beginning.imports, name="imports"),
    path(INSTITUTION + "<str:kind>/", beginning.begin, name="import_begin"),
    path(
        INSTITUTION + "<str:kind>/example.csv",
        beginning.example,
        {"ending": "csv"},
        name="import_example_csv",
    ),
    path(
        INSTITUTION + "<str:kind>/example.xlsx",
        beginning.example,
        {"ending": "xlsx"},
        name="import_example_xlsx",
    ),
    path(ONE, bringing_in.show, name="import"),
    path(ONE + "columns/", bringing_in.columns, name="import_columns"),
    path(ONE + "bring-in/", bringing_in.bring_in, name="import_bring_in"),
    path(ONE + "problems.csv", bringing_in.problems, name="import_problems"),
    path(ONE + "drop/", bringing_in.drop, name="import_drop"),
]
