"""A certificate as a job."""

from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from api import library
from api.outputs import certificate_files
from api.service.jobs import store
from api.service.jobs.running.rosters import subject
from api.service.jobs.tables import Job
from api.service.jobs.task import Finished, NoResultError, Task
from api.service.plans.tables import PlanVersion, StoredPlan
from api.service.rosters import store as rosters
from api.service.rosters.tables import RosterVersion
from scheduler.certificate import StepProof
from scheduler.checking import Report
from scheduler.domain.roster import Roster
from scheduler.writing.certificate import bound_sentence
from scheduler.writing.certificate_page import remarks, to_document
from scheduler.writing.prices import price_line, price_note


def run(task: Task) -> Finished:
    """Prove how good the roster is; a better one that was met becomes a draft, if asked for.

    Raises:
        NoResultError: it breaks rules, so that there is nothing to prove of it.
    """
    loaded, roster = subject(task)
    options = task.options
    found = library.certify(
        loaded,
        roster,
        seconds=options["seconds"],
        seed=options["seed"],
        workers=task.settings.workers_per_job,
        tell=_teller(task),
        stop=task.stop,
    )
    certificate = found.certificate
    if certificate is None:
        told = " ".join(found.report.sentence(case) for case in found.report.breaches[:3])
        raise NoResultError(
            "Ikke noe sertifikat: vaktplanen bryter ufravikelige regler.", details=told
        )
    prices = None
    if options["prices"] and not task.stop.is_set():
        task.reporter.progress("Priser det som kan slippes", {})
        prices = library.prices(
            loaded,
            roster,
            certificate=certificate,
            seconds=options["seconds"],
            seed=options["seed"],
            workers=task.settings.workers_per_job,
            stop=task.stop,
        )
    better, cut_off = None, False
    if options["better"] and found.better is not None:
        better, cut_off = _finished(task, loaded, found.better)
    document = to_document(loaded.problem, certificate, prices) | {
        "remarks": list(remarks(certificate)),
        "sentences": [f"{own.title}: {bound_sentence(own)}" for own in certificate.steps],
        "price_sentences": [
            *(price_line(loaded.problem, own, prices.doctor) for own in prices.told),
            price_note(prices),
        ]
        if prices
        else [],
        "better_found": found.better is not None,
    }
    files = certificate_files(loaded, certificate, prices)
    return Finished(_saver(loaded, better), document, files, cut_off)


def _teller(task: Task) -> Callable[[str, Sequence[StepProof]], None]:
    def tell(title: str, proofs: Sequence[StepProof]) -> None:
        done = [own.title for own in proofs if own.proven]
        task.reporter.counted(title, len(done), len(proofs), done)

    return tell


def _finished(task: Task, loaded: library.LoadedPlan, better: Roster) -> tuple[Roster, bool]:
    """The rest of the better roster made good too, and whether that search was cut off."""
    outcome = library.solve(
        loaded,
        seconds=task.options["seconds"],
        seed=task.options["seed"],
        workers=task.settings.workers_per_job,
        start=better,
        tell=task.reporter.update,
        stop=task.stop,
    )
    return outcome.roster or better, outcome.cut_off


def _saver(
    loaded: library.LoadedPlan, better: Roster | None
) -> Callable[[Session, Job], str | None]:
    if better is None:
        return lambda _session, _job: None
    report: Report = library.check(loaded, better)

    def save(session: Session, job: Job) -> str:
        version = session.get_one(RosterVersion, job.subject_id)
        of_plan = session.get_one(PlanVersion, version.plan_version_id)
        made, _ = rosters.add_roster(
            session,
            store.author_of(session, job),
            session.get_one(StoredPlan, of_plan.plan_id),
            of_plan,
            better,
            report,
            title="",
            note="Laget av en beregning",
        )
        return made.id

    return save
