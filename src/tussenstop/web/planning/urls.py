from django.urls import path

from tussenstop.web.planning import agreed, looking

urlpatterns = [
    path("routes/<uuid:route_id>/planning/", agreed.planning, name="planning"),
    path("routes/<uuid:route_id>/planning/terms/", looking.terms, name="planning_terms"),
    path("routes/<uuid:route_id>/planning/mend/", looking.mend, name="planning_mend"),
    path("routes/<uuid:route_id>/planning/answer/", agreed.answer, name="planning_answer"),
    path("planning/searches/<uuid:search_id>/", looking.search, name="plan_search"),
    path("planning/searches/<uuid:search_id>/stop/", looking.stop, name="plan_search_stop"),
    path("planning/options/<uuid:option_id>/", looking.option, name="plan_option"),
    path("planning/options/<uuid:option_id>/around/", looking.around, name="plan_around"),
    path("planning/options/<uuid:option_id>/propose/", looking.propose, name="plan_propose"),
    path("planning/blocks/<uuid:block_id>/", agreed.move_block, name="planned_block"),
    path("planning/moves/<uuid:shift_id>/", agreed.answer_shift, name="plan_shift"),
    path("placements/<uuid:placement_id>/presence/", agreed.presence, name="presence"),
]
