"""Who is told what and when, as a publication goes out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from api.service.feeds.tables import FeedClient
from api.service.messages import telling, timing
from api.service.messages.shapes import ContactShape
from api.service.messages.store import take
from api.service.messages.tables import Message
from api.service.messages.text import Moves, Telling, told, told_shortly
from api.service.messages.timing import Policy
from api.service.messages.words import Changed
from api.service.settings import Settings
from scheduler.domain.duty import Presence
from scheduler.domain.time import moment
from tests.service.colleagues import with_colleagues
from tests.service.published import Published, Subscription
from tests.service.world import World
from tests.support import HOME, NIGHT, duty


def _messages(world: World) -> list[Message]:
    with world.service.database.reading() as session:
        return list(session.scalars(select(Message).order_by(Message.created_at, Message.channel)))


def test_only_those_whose_duties_moved_are_told(world: World) -> None:
    published = Published(world)
    [first] = _messages(world)
    assert (first.address, first.channel, first.urgent) == ("doctor@fjell.example", "email", False)
    assert first.subject == "Vaktplanen «Fjell, mars 2027» er publisert"
    assert "Du har 1 vakt eller økt:" in first.body
    assert "+ Hjemmevakt hverdag mandag 15. mars 2027 kl. 15:30–08:00" in first.body
    assert "Ola" not in first.body
    published.edit(on=[{"duty": published.duties[2].id, "doctor": "ola"}])
    assert len(_messages(world)) == 1
    published.edit(off=[{"duty": published.duties[0].id, "doctor": "kari"}])
    _, second = _messages(world)
    assert second.subject == "Vaktene dine i «Fjell, mars 2027» er endret"
    assert "− Hjemmevakt hverdag mandag 15. mars 2027" in second.body


def test_a_duty_that_is_kept_at_another_time_is_told_with_both(world: World) -> None:
    published = Published(world)
    own = {published.duties[0].id: "kari", published.duties[1].id: "ola"}
    change = {"pattern": "kveld", "date": "2027-03-15", "start": "17:00", "end": "08:00"}
    published.replan(own, changed_duties=[change])
    _, told_of = _messages(world)
    assert (
        "~ Hjemmevakt hverdag mandag 15. mars 2027 kl. 17:00–08:00 "
        "(før: mandag 15. mars 2027 kl. 15:30–08:00)" in told_of.body
    )
    assert "\n+ Hjemme" not in told_of.body
    published.replan(own, changed_duties=[change])  # another roster, and nothing moves
    assert len(_messages(world)) == 2


def test_a_preview_shows_exactly_what_publishing_tells(small_world: World) -> None:
    """One keeps two duties and has one moved, one gets one, one loses one; the last has nothing."""
    with_colleagues(small_world)
    published = Published(small_world)
    kept, olas, sivs, new = (duty.id for duty in published.duties[:8:2])
    published.replan({kept: "kari", olas: "ola"})
    change = {"pattern": "kveld", "date": "2027-03-15", "start": "17:00", "end": "08:00"}
    before = len(_messages(small_world))
    published.redraft({kept: "kari", sivs: "siv", new: "siv"}, changed_duties=[change])
    coordinator = small_world["coordinator"]
    shown = coordinator.get(f"/rosters/{published.roster}/publication-preview").json()["tellings"]
    published.publish()
    told = {
        own.address.split("@")[0].replace("doctor", "kari"): {
            sign: [
                line[2:]
                for line in own.body.splitlines()
                if line.startswith(f"{sign} ") and " kl. " in line
            ]
            for sign in "+−~"
        }
        for own in _messages(small_world)[before:]
    }
    assert told == {
        own["doctor"]: {"+": own["gained"], "−": own["lost"], "~": own["changed"]} for own in shown
    }
    assert all(own["told"] for own in shown)
    assert {who: [len(own[sign]) for sign in "+−~"] for who, own in told.items()} == {
        "kari": [0, 0, 1],
        "ola": [0, 1, 0],
        "siv": [2, 0, 0],
    }


def test_another_place_or_another_form_of_duty_is_told_too(small_world: World) -> None:
    published = Published(small_world)
    own = {published.duties[0].id: "kari"}
    published.replan(own, places=[{"id": "lv", "name": "Nylegevakta", "municipality": "fjell"}])
    assert len(_messages(small_world)) == 2


def test_what_is_past_is_not_told(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    published = Published(small_world)
    _at(monkeypatch, published.duties[0].end)
    published.edit(off=[{"duty": published.duties[0].id, "doctor": "kari"}])
    assert len(_messages(small_world)) == 1
    published.edit(on=[{"duty": published.duties[3].id, "doctor": "kari"}])
    assert len(_messages(small_world)) == 2


def _at(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    """Let it be another moment for those who decide whom to tell."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
            assert tz is UTC
            return now

    monkeypatch.setattr(telling, "datetime", Clock)


def test_a_publication_that_fails_tells_nobody(small_world: World) -> None:
    plan = small_world.plan(
        absences=[{"doctor": "kari", "kind": "sick", "start": "2027-03-01", "end": "2027-03-14"}]
    )
    roster = small_world.roster(plan, {small_world.loaded(plan).problem.duties[0].id: "kari"})
    answer = small_world["coordinator"].post(
        f"/rosters/{roster}/publications", json={}, headers={"If-Match": '"1"'}
    )
    assert answer.status_code == 409
    assert _messages(small_world) == []


# --- when -----------------------------------------------------------------------------------------

POLICY = Policy(timedelta(hours=12), 22, 7)
HOUR = timedelta(hours=1)
NOON = moment(datetime(2027, 3, 1).date()) + 12 * HOUR
MIDNIGHT = NOON + 12 * HOUR
MORNING = MIDNIGHT + 7 * HOUR


@pytest.mark.parametrize(
    ("now", "left", "delay", "urgent", "email", "sms"),
    [
        # What is near is told at once, day and night.
        (NOON, 12, 1, True, NOON, NOON),
        (MIDNIGHT, 12, 24, True, MIDNIGHT, MIDNIGHT),
        (MIDNIGHT, -2, None, True, MIDNIGHT, MIDNIGHT),
        # What is nearer than the calendar reads: the SMS gives it an hour, and the night.
        (NOON, 13, 24, True, NOON, NOON + HOUR),
        (NOON, 24, 24, True, NOON, NOON + HOUR),
        (NOON, 24, None, True, NOON, NOON + HOUR),
        (MIDNIGHT, 24, 24, True, MIDNIGHT, MORNING),
        (MIDNIGHT, 14, 24, True, MIDNIGHT, MIDNIGHT + 2 * HOUR),  # it is near before the morning
        # What the calendar shows in time waits for the morning.
        (NOON, 13, 6, False, NOON, None),
        (NOON, 25, 24, False, NOON, None),
        (NOON, 25, None, False, NOON, None),
        (MIDNIGHT, 25, 24, False, MORNING, None),
    ],
)
def test_when_somebody_is_told(
    now: datetime,
    left: int,
    delay: int | None,
    urgent: bool,
    email: datetime,
    sms: datetime | None,
) -> None:
    own = timing.timing(now + left * HOUR, now, delay * HOUR if delay else None, POLICY)
    assert (own.urgent, own.email_at, own.sms_at) == (urgent, email, sms)


@pytest.mark.parametrize(
    ("quiet", "hour", "waits"),
    [
        ((22, 7), 21, 0),
        ((22, 7), 22, 9),
        ((22, 7), 6, 1),
        ((22, 7), 7, 0),
        ((1, 5), 0, 0),
        ((1, 5), 1, 4),
        ((0, 0), 0, 0),
    ],
)
def test_quiet_hours_are_those_of_oslo(quiet: tuple[int, int], hour: int, waits: int) -> None:
    at = moment(datetime(2027, 6, 1).date()) + hour * HOUR
    assert timing.awake(at, Policy(HOUR, *quiet)) - at == waits * HOUR


def test_the_night_to_summer_time_is_an_hour_shorter() -> None:
    at = moment(datetime(2027, 3, 27).date()) + 23 * HOUR
    assert timing.awake(at, POLICY) - at == 7 * HOUR


def test_urgent_news_go_by_mail_and_sms_at_once_and_an_sms_that_is_read_of_is_not_sent(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = Published(world)
    feed = Subscription(world)
    feed.get(User_Agent="Google-Calendar-Importer")
    _with_phone(world)
    second, third = published.duties[1], published.duties[2]
    _at(monkeypatch, second.start - 5 * HOUR)
    published.hand_over(second.id, "ola", "kari")
    _, mail, sms = _messages(world)
    assert (mail.channel, mail.urgent, sms.channel, sms.urgent) == ("email", True, "sms", True)
    assert mail.subject == "Haster: Vaktene dine i «Fjell, mars 2027» er endret"
    assert sms.address == "+4790000000"
    assert sms.body == (
        "Vaktene dine er endret:\n+ Hjemmevakt hverdag tir. 16.3. 15:30–08:00\n"
        "Se http://127.0.0.1:8000"
    )
    assert mail.next_try_at == sms.next_try_at == second.start - 5 * HOUR
    # Her calendar reads it before the gateway was tried.
    feed.get(User_Agent="Google-Calendar-Importer")
    _due(world)
    with world.service.database.writing() as session:
        assert [own.channel for own in (take(session), take(session)) if own] == ["email"] * 2
    assert [own.state for own in _messages(world)] == ["waiting", "waiting", "unneeded"]
    # The next one is not read of, and goes.
    _at(monkeypatch, third.start - 5 * HOUR)
    published.edit(on=[{"duty": third.id, "doctor": "kari"}])
    _due(world, channel="sms")
    with world.service.database.writing() as session:
        taken = take(session)
    assert taken is not None
    assert (taken.channel, taken.attempts) == ("sms", 1)


def _with_phone(world: World, **contact: Any) -> None:
    answer = world["doctor"].ask("PUT", "/me/contact", json={"phone": "900 00 000", **contact})
    assert answer.status_code == 200, answer.text


def _due(world: World, channel: str | None = None) -> None:
    """Let the time of messages have come; of other channels it is far off."""
    now = datetime.now(UTC)
    with world.service.database.writing() as session:
        session.execute(update(Message).values(next_try_at=now + 999 * HOUR))
        query = update(Message).values(next_try_at=now - HOUR)
        session.execute(query.where(Message.channel == channel) if channel else query)


def test_who_has_a_quick_calendar_gets_no_sms_for_what_it_shows_in_time(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = Published(small_world)
    _with_phone(small_world)
    _at(monkeypatch, published.duties[1].start - 20 * HOUR)
    published.hand_over(published.duties[1].id, "ola", "kari")
    assert [own.channel for own in _messages(small_world)] == ["email", "email", "sms"]
    feed = Subscription(small_world)
    feed.get(User_Agent="iOS/19.1 dataaccessd")
    now = published.duties[1].start - 20 * HOUR
    with small_world.service.database.writing() as session:  # it comes every other hour
        session.execute(update(FeedClient).values(fetched_at=now - HOUR, before_at=now - 3 * HOUR))
    _at(monkeypatch, now + timedelta(minutes=1))
    published.hand_over(published.duties[1].id, "kari", "ola")
    last = _messages(small_world)[-1]
    assert (len(_messages(small_world)), last.channel, last.urgent) == (4, "email", False)
    assert "(iPhone eller iPad) pleier å vise endringer innen 2 timer." in last.body


def test_without_a_telephone_there_is_no_sms(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = Published(small_world)
    _at(monkeypatch, published.duties[1].start - HOUR)
    published.hand_over(published.duties[1].id, "ola", "kari")
    assert [own.channel for own in _messages(small_world)] == ["email", "email"]


# --- what -----------------------------------------------------------------------------------------

NIGHT_DUTY = duty("2027-03-27 23:00", "2027-03-28 08:00", NIGHT)
HOME_DUTY = duty("2027-03-29 16:00", "23:00", HOME)
LONG_DUTY = duty("2027-03-26 16:00", "2027-03-29 08:00", HOME)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "nb",
            "Hei, Kari!\n\n"
            "Vaktplanen «Vår» er endret. Dette gjelder dine vakter:\n\n"
            "+ Natt lørdag 27. mars 2027 kl. 23:00–08:00\n"
            "− Hjemmevakt fredag 26. mars 2027 kl. 16:00–mandag 29. mars 2027 kl. 08:00\n"
            "~ Natt lørdag 27. mars 2027 kl. 23:00–08:00 "
            "(før: Hjemmevakt, mandag 29. mars 2027 kl. 16:00–23:00)\n\n"
            "+ er ny for deg, − har du ikke lenger, ~ er flyttet eller endret.\n\n"
            "Vaktplanen i Rettvakt er den som gjelder: https://v.example\n"
            "Vil du ha vaktene rett i kalenderen på telefonen, finner du lenken der.\n\n"
            "Stemmer det ikke, ta kontakt med koordinatoren. Ingen leser svar hit.\n",
        ),
        (
            "nn",
            "Hei, Kari!\n\n"
            "Vaktplanen «Vår» er endra. Dette gjeld vaktene dine:\n\n"
            "+ Natt laurdag 27. mars 2027 kl. 23:00–08:00\n"
            "− Hjemmevakt fredag 26. mars 2027 kl. 16:00–måndag 29. mars 2027 kl. 08:00\n"
            "~ Natt laurdag 27. mars 2027 kl. 23:00–08:00 "
            "(før: Hjemmevakt, måndag 29. mars 2027 kl. 16:00–23:00)\n\n"
            "+ er ny for deg, − har du ikkje lenger, ~ er flytta eller endra.\n\n"
            "Vaktplanen i Rettvakt er den som gjeld: https://v.example\n"
            "Vil du ha vaktene rett i kalenderen på telefonen, finn du lenkja der.\n\n"
            "Stemmer det ikkje, ta kontakt med koordinatoren. Ingen les svar hit.\n",
        ),
        (
            "en",
            "Hello Kari,\n\n"
            "The roster “Vår” has changed. This concerns your duties:\n\n"
            "+ Natt Saturday 27 March 2027, 23:00–08:00\n"
            "− Hjemmevakt Friday 26 March 2027, 16:00–Monday 29 March 2027, 08:00\n"
            "~ Natt Saturday 27 March 2027, 23:00–08:00 "
            "(before: Hjemmevakt, Monday 29 March 2027, 16:00–23:00)\n\n"
            "+ is new to you, − is no longer yours, ~ was moved or changed.\n\n"
            "The roster in Rettvakt is the one that counts: https://v.example\n"
            "There you also find a link that puts your duties into the calendar of your phone.\n\n"
            "If something is wrong, contact the coordinator. This address takes no replies.\n",
        ),
    ],
)
def test_a_mail_reads_as_a_colleague_would_write_it(language: str, text: str) -> None:
    moves = Moves((NIGHT_DUTY,), (LONG_DUTY,), (Changed(HOME_DUTY, NIGHT_DUTY),))
    own = Telling("Kari", "Vår", False, moves, address="https://v.example", language=language)
    assert told(own)[1] == text


def test_what_differs_is_told_and_no_time_that_stands() -> None:
    at_home = replace(NIGHT_DUTY, type=replace(NIGHT, presence=Presence.HOME))
    moves = Moves(
        changed=(
            Changed(NIGHT_DUTY, NIGHT_DUTY, "Dal legevakt", "Fjell legevakt"),
            Changed(NIGHT_DUTY, at_home),
        )
    )
    lines = told(Telling("Kari", "Vår", False, moves))[1].splitlines()
    when = "~ Natt lørdag 27. mars 2027 kl. 23:00–08:00, "
    assert f"{when}Fjell legevakt (før: Dal legevakt)" in lines
    assert f"{when}hjemmevakt (før: tilstedevakt)" in lines
    text = told_shortly(Telling("Kari", "Vår", False, moves))
    assert "Natt lør. 27.3. 23:00–08:00, Fjell legevakt (før: Dal legevakt)" in text


def test_a_long_list_is_cut_and_says_so() -> None:
    own = Telling("Kari", "Vår", True, Moves(gained=(NIGHT_DUTY,) * 70))
    assert told(own)[1].count("+ Natt ") == 60
    assert "… og 10 til" in told(own)[1]
    assert "Du har 70 vakter og økter:" in told(own)[1]
    assert told_shortly(own).splitlines()[-2] == "… og 67 til"


def test_a_subject_has_one_line() -> None:
    subject, _ = told(Telling("Kari", "Vår\r\nBcc: x@y.z", True, Moves((NIGHT_DUTY,))))
    assert subject == "Vaktplanen «Vår Bcc: x@y.z» er publisert"


def test_messages_are_in_the_language_of_the_reader(small_world: World) -> None:
    _with_phone(small_world, language="nn")
    Published(small_world)
    [message] = _messages(small_world)
    assert "Vaktplanen i Rettvakt er den som gjeld:" in message.body


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("900 00 000", "+4790000000"),
        ("+47 900 00 000", "+4790000000"),
        ("0046 70-123 45 67", "+46701234567"),
        ("", ""),
    ],
)
def test_telephone_numbers_are_kept_in_one_form(written: str, kept: str) -> None:
    assert ContactShape(phone=written).phone == kept


@pytest.mark.parametrize("written", ["112", "12345678", "ring meg", "+47", "+4790000000000000"])
def test_what_is_no_telephone_number_is_refused(still_published: Published, written: str) -> None:
    answer = still_published.world["doctor"].ask("PUT", "/me/contact", json={"phone": written})
    assert answer.status_code == 422
    assert answer.json()["faults"][0]["place"] == "body.phone"
    assert still_published.world["doctor"].get("/me/contact").json() == {
        "language": "nb",
        "phone": "",
    }


def test_the_coordinator_knows_and_sets_how_people_want_messages(world: World) -> None:
    path = f"/accounts/{world.actors['doctor'].account}/contact"
    wanted = {"language": "en", "phone": "+4790000000"}
    assert world["coordinator"].ask("PUT", path, json=wanted).json() == wanted
    assert world["doctor"].get("/me/contact").json() == wanted
    assert world["stranger"].get(path).status_code == 404
    assert world["stranger"].ask("PUT", path, json=wanted).status_code == 404
    log = world["coordinator"].get("/audit").text
    assert "contact.changed" in log
    assert "90000000" not in log


def test_the_defaults_are_a_night_and_half_a_day() -> None:
    assert Policy.of(Settings()) == POLICY
