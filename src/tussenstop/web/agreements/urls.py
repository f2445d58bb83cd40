from django.urls import path

from tussenstop.web.agreements import agreement, draft, lists, papers, proposing, verify

urlpatterns = [
    path("routes/<uuid:route_id>/agreements/", lists.show, name="agreement_list"),
    path("routes/<uuid:route_id>/agreements/new/", lists.kinds, name="agreement_kinds"),
    path("routes/<uuid:route_id>/agreements/new/<str:kind>/", proposing.new, name="agreement_new"),
    path("placements/<uuid:placement_id>/start-agreement/", draft.begin, name="agreement_begin"),
    path("agreements/<uuid:agreement_id>/", agreement.show, name="agreement"),
    path("agreements/<uuid:agreement_id>/agree/", agreement.agree, name="agreement_agree"),
    path("agreements/<uuid:agreement_id>/ask/", agreement.ask, name="agreement_ask"),
    path("agreements/<uuid:agreement_id>/refuse/", agreement.refuse, name="agreement_refuse"),
    path("agreements/<uuid:agreement_id>/withdraw/", agreement.withdraw, name="agreement_withdraw"),
    path(
        "agreements/<uuid:agreement_id>/texts/<int:number>/",
        agreement.text,
        name="agreement_text",
    ),
    path(
        "agreements/<uuid:agreement_id>/compare/<int:before>/<int:after>/",
        agreement.compare,
        name="agreement_compare",
    ),
    path("agreements/<uuid:agreement_id>/change/", proposing.again, name="agreement_change"),
    path("agreements/<uuid:agreement_id>/succeed/", draft.succeed, name="agreement_succeed"),
    path("agreements/<uuid:agreement_id>/parts/", draft.parts, name="agreement_parts"),
    path("agreements/<uuid:agreement_id>/part/<str:key>/", draft.part, name="agreement_part"),
    path("agreements/<uuid:agreement_id>/propose/", draft.propose, name="agreement_propose"),
    path(
        "agreements/<uuid:agreement_id>/signatories/", draft.signatory, name="agreement_signatory"
    ),
    path(
        "agreements/<uuid:agreement_id>/signatories/<uuid:signatory_id>/remove/",
        draft.signatory_remove,
        name="agreement_signatory_remove",
    ),
    path(
        "agreements/<uuid:agreement_id>/elsewhere/<uuid:party_id>/",
        papers.elsewhere,
        name="agreement_elsewhere",
    ),
    path(
        "agreements/<uuid:agreement_id>/scan/<uuid:party_id>/", papers.scan, name="agreement_scan"
    ),
    path("agreements/<uuid:agreement_id>/pdf/", papers.pdf, name="agreement_pdf"),
    path("verify/", verify.ask, name="verify"),
    path("verify/<str:digest>/", verify.show, name="verify_digest"),
]
