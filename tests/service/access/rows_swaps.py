"""Swap offers and deals."""

from tests.service.access.things import ANY, Row

TABLE: list[Row] = [
    ("GET", "/swap-offers", lambda t: {}, (401, 403, 200, 403, 200, 403, 200)),
    (
        "POST",
        "/swap-offers",
        lambda t: {"json": {"roster": t.published, "duty": t.duty}},
        (401, 403, 403, 403, 409, 403, 403),  # it is offered already
    ),
    (
        "GET",
        "/swap-offers/{offer}",
        lambda t: {"offer": t.offer},
        (401, 403, 200, 403, 200, 403, 404),
    ),
    (
        "GET",
        "/swap-offers/{offer}/takers",
        lambda t: {"offer": t.offer},
        (401, 403, 200, 403, 200, 403, 404),
    ),
    (
        "POST",
        "/swap-offers/{offer}/state",
        lambda t: {"offer": t.offer, "json": {"state": "declined"}, **ANY},
        (401, 403, 403, 403, 403, 403, 404),  # it was made to nobody
    ),
    (
        "POST",
        "/swap-offers/{offer}/acceptances",
        lambda t: {"offer": t.offer, "json": {}, **ANY},
        (401, 403, 403, 403, 422, 403, 403),  # the doctor's own
    ),
    (
        "POST",
        "/swap-deals",
        lambda t: {"json": {"offers": [t.offer, t.offer]}},
        (401, 403, 403, 403, 422, 403, 403),
    ),
    ("GET", "/swap-deals", lambda t: {}, (401, 403, 200, 403, 200, 403, 200)),
    ("GET", "/swap-deals/{deal}", lambda t: {"deal": t.deal}, (401, 403, 200, 403, 200, 403, 404)),
    (
        "POST",
        "/swap-deals/{deal}/answers",
        lambda t: {"deal": t.deal, "json": {"yes": True}, **ANY},
        (401, 403, 403, 403, 409, 403, 403),  # all have said yes
    ),
    (
        "POST",
        "/swap-deals/{deal}/completion",
        lambda t: {"deal": t.deal, "json": {}, **ANY},
        (401, 403, 200, 403, 409, 403, 404),  # the coordinator must approve it
    ),
    (
        "POST",
        "/swap-deals/{deal}/refusal",
        lambda t: {"deal": t.deal, "json": {}, **ANY},
        (401, 403, 200, 403, 403, 403, 404),
    ),
    ("GET", "/swap-settings", lambda t: {}, (401, 403, 200, 403, 200, 403, 200)),
    (
        "PUT",
        "/swap-settings",
        lambda t: {"json": {"need_approval": True}, **ANY},
        (401, 403, 200, 403, 403, 403, 200),
    ),
]
