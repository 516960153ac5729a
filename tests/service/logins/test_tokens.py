"""What a provider says is believed only if it is signed, for us and for this login."""

import json
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.service.logins.going import begun, lied, slug
from tests.service.providers import Liar
from tests.service.world import V1


def test_an_honest_answer_of_the_other_provider_is_believed(make: Any, liar: Liar) -> None:
    """Or what follows would prove nothing."""
    world = make(oidc_issuer=liar.address)
    assert lied(world.client(), liar).status_code == 303


@pytest.mark.parametrize(
    ("claims", "header"),
    [
        ({"nonce": "another"}, {}),
        ({"nonce": None}, {}),
        ({"aud": "another"}, {}),
        ({"aud": ["another", "third"]}, {}),
        ({"aud": ["rettvakt", "another"], "azp": "another"}, {}),
        ({"aud": None}, {}),
        ({"iss": "https://ond.example"}, {}),
        ({"iss": None}, {}),
        ({"exp": 1_700_000_000}, {}),
        ({"exp": None}, {}),
        ({"iat": 4_000_000_000}, {}),
        ({"nbf": 4_000_000_000}, {}),
        ({"sub": None}, {}),
        ({}, {"kid": "unknown"}),
    ],
)
def test_a_token_that_is_not_for_this_login_opens_nothing(
    make: Any, liar: Liar, claims: dict[str, Any], header: dict[str, Any]
) -> None:
    world = make(oidc_issuer=liar.address)
    client = world.client()
    liar.claims, liar.header = claims, liar.header | header
    answer = lied(client, liar)
    assert (answer.status_code, slug(answer)) == (502, "provider-failed")
    assert client.get(f"{V1}/me").status_code == 401


def test_a_token_with_another_signature_or_none_opens_nothing(make: Any, liar: Liar) -> None:
    world = make(oidc_issuer=liar.address)
    liar.key = RSAKey.generate_key(2048)
    assert lied(world.client(), liar).status_code == 502
    # The public key taken for a shared secret: a known trick.
    liar.clear()
    liar.confused = True
    assert lied(world.client(), liar).status_code == 502
    liar.clear()
    liar.status = 500
    assert lied(world.client(), liar).status_code == 502


def test_a_provider_that_says_it_is_another_is_not_believed(make: Any, liar: Liar) -> None:
    for wrong in (
        {"issuer": "https://ond.example"},
        {"token_endpoint": "http://ond.example/token"},
        {"jwks_uri": None},
    ):
        liar.metadata = wrong
        world = make(oidc_issuer=liar.address)
        answer = world.client().get(f"{V1}/session/provider", follow_redirects=False)
        assert (answer.status_code, slug(answer)) == (502, "provider-failed"), wrong


def test_a_provider_that_does_not_answer_is_told_as_such(make: Any) -> None:
    world = make(oidc_issuer="http://127.0.0.1:9")
    answer = world.client().get(f"{V1}/session/provider", follow_redirects=False)
    assert (answer.status_code, slug(answer)) == (502, "provider-failed")
    assert "innloggingstjeneste" in answer.json()["detail"]


def test_who_gives_up_at_the_provider_is_told_so(make: Any, liar: Liar) -> None:
    world = make(oidc_issuer=liar.address)
    client = world.client()
    answer = lied(client, liar, error="access_denied")
    assert (answer.status_code, slug(answer)) == (403, "login-refused")


def test_of_an_issuer_for_all_tenants_only_those_named_get_in(make: Any, liar: Liar) -> None:
    """Anybody can make a tenant of Entra ID and write any e-mail into it."""
    own, stranger = "11111111-aaaa", "22222222-bbbb"
    liar.metadata = {"issuer": f"{liar.address}/{{tenantid}}/v2.0"}
    world = make(oidc_issuer=f"{liar.address}/organizations/v2.0", oidc_tenants=f"{own}, 33")
    for claims, status in (
        ({"tid": own, "iss": f"{liar.address}/{own}/v2.0"}, 303),
        ({"tid": stranger, "iss": f"{liar.address}/{stranger}/v2.0"}, 502),
        ({"tid": own, "iss": f"{liar.address}/{stranger}/v2.0"}, 502),
        ({"iss": f"{liar.address}/{own}/v2.0"}, 502),
        ({"tid": own, "iss": f"{liar.address}/{{tenantid}}/v2.0"}, 502),
    ):
        liar.claims = claims
        assert lied(world.client(), liar).status_code == status, claims


def test_a_login_with_too_low_a_level_of_security_is_refused(make: Any, liar: Liar) -> None:
    world = make(oidc_issuer=liar.address, oidc_acr="idporten-loa-high, Level4")
    assert begun(world.client())["acr_values"] == "idporten-loa-high Level4"
    for acr, status in ((None, 403), ("Level3", 403), ("Level4", 303)):
        liar.claims = {"acr": acr}
        assert lied(world.client(), liar).status_code == status


def test_a_key_of_our_own_signs_for_us_instead_of_a_secret(
    make: Any, liar: Liar, tmp_path: Path
) -> None:
    key = RSAKey.generate_key(2048, {"kid": "our-key"}, auto_kid=False)
    file = tmp_path / "key.json"
    file.write_text(json.dumps(key.as_dict(private=True)))
    world = make(oidc_issuer=liar.address, oidc_client_key=str(file))
    assert lied(world.client(), liar).status_code == 303
    [form] = liar.asked
    assert "client_secret" not in form
    assert form["client_assertion_type"] == [
        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    ]
    token = jwt.decode(form["client_assertion"][0], key)
    assert token.header["kid"] == "our-key"
    assert token.claims["iss"] == token.claims["sub"] == "rettvakt"
    assert token.claims["aud"] == f"{liar.address}/token"
    assert form["code_verifier"]


def test_a_missing_key_is_told_without_a_trace(make: Any, liar: Liar) -> None:
    world = make(oidc_issuer=liar.address, oidc_client_key="/nowhere/key.pem")
    answer = world.client().get(f"{V1}/session/provider", follow_redirects=False)
    assert answer.status_code == 502
