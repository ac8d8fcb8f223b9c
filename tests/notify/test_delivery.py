"""What waits goes out once, whatever a mail server says; what does not is given up after a day, with a reason."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tests.accounts.office import Office
from tests.notify.conftest import COORDINATOR_MAIL, SENDER, StartServer, UseMail
from tests.notify.smtp_server import Script
from tests.servers import free_port
from tests.triage.sealed import Sealed
from youthsafe.accounts import services as accounts_services
from youthsafe.database import transaction
from youthsafe.errors import UnavailableError
from youthsafe.notices import services as queue
from youthsafe.notices.kinds import Kind, Problem
from youthsafe.notices.services import Queue, waits
from youthsafe.notify.delivery import deliver
from youthsafe.notify.mailer import Account, Security

LATER = "450 greylisted, come again"


class Post:
    """Queues, delivers and looks."""

    def __init__(self, office: Office, coordinator: bytes) -> None:
        self.office = office
        self.coordinator = coordinator
        self.said: list[str] = []

    def send(self, *members: bytes, kind: Kind = Kind.WORK_WAITS, day: date | None = None) -> None:
        with self.office.app.app_context(), transaction():
            queue.send(kind, members or (self.coordinator,), self.office.clock(), day=day)

    def deliver(self, seconds: float = 20) -> None:
        with self.office.app.app_context():
            deliver(self.office.clock, self.said.append, seconds)

    def queue(self) -> Queue:
        with self.office.app.app_context():
            return queue.queue()


@pytest.fixture
def post(office: Office, coordinator: bytes) -> Post:
    return Post(office, coordinator)


@pytest.fixture
def nobody_there() -> Account:
    """A mail server that is gone."""
    return Account("localhost", free_port(), Security.STARTTLS, None, None, SENDER)


def test_a_notice_goes_out_once_and_is_forgotten(
    post: Post, use_mail: UseMail, start_server: StartServer, script: Script
) -> None:
    use_mail(start_server())
    post.send()
    post.deliver()
    post.deliver()
    (found,) = script.accepted
    assert script.recipients == [COORDINATOR_MAIL]
    assert found["From"].addresses[0].addr_spec == SENDER
    assert "Something is waiting at the desk" in found["Subject"]
    assert found["Auto-Submitted"] == "auto-generated"
    assert post.queue() == Queue(0, None, None, [])
    assert post.said == ["Mails delivered: 1, given up: 0."]


def test_nothing_is_queued_by_a_use_case_that_was_rolled_back(post: Post) -> None:
    def use_case() -> None:
        with transaction():
            queue.send(Kind.WORK_WAITS, [post.coordinator], post.office.clock())
            raise UnavailableError

    with post.office.app.app_context(), pytest.raises(UnavailableError):
        use_case()
    assert post.queue().waiting == 0


def test_a_greylisted_letter_is_tried_again_later_and_accepted(
    post: Post, use_mail: UseMail, start_server: StartServer, script: Script
) -> None:
    use_mail(start_server())
    script.recipient = lambda: LATER
    post.send()
    post.deliver()
    assert post.queue().problem is Problem.TRY_LATER
    post.deliver()
    assert script.tries == 1, "its time has not come"
    script.recipient = lambda: "250 OK"
    post.office.clock.move(minutes=1)
    post.deliver()
    assert len(script.accepted) == 1
    assert post.queue().waiting == 0


def test_the_wait_doubles_up_to_an_hour() -> None:
    minutes = [waits(tries, Kind.WORK_WAITS).total_seconds() / 60 for tries in (1, 2, 3, 6, 7, 8, 1000)]
    assert minutes == [1, 2, 4, 32, 60, 60, 60]
    assert [waits(tries, Kind.DANGER_WAITS).total_seconds() / 60 for tries in (1, 2, 3, 1000)] == [1, 2, 4, 4]


def test_a_letter_that_is_refused_for_good_is_given_up_at_once_and_keeps_no_other_back(
    post: Post, use_mail: UseMail, start_server: StartServer, script: Script
) -> None:
    use_mail(start_server())
    answers = iter(["550 nobody", "250 OK"])
    script.recipient = lambda: next(answers)
    post.send()
    post.send()
    post.deliver()
    assert len(script.accepted) == 1
    (gone,) = post.queue().given_up
    assert (gone.kind, gone.problem) == (Kind.WORK_WAITS, Problem.RECIPIENT_REFUSED)


def test_where_the_server_is_gone_one_try_speaks_for_all(post: Post, use_mail: UseMail, nobody_there: Account) -> None:
    use_mail(nobody_there)
    for _ in range(3):
        post.send()
    post.deliver()
    found = post.queue()
    assert (found.waiting, found.problem) == (3, Problem.CANNOT_CONNECT)
    assert found.next_at is not None
    assert found.next_at > post.office.clock()


def test_a_wrong_password_is_tried_with_one_letter_only(
    post: Post, use_mail: UseMail, start_server: StartServer, script: Script
) -> None:
    account = start_server()
    use_mail(replace(account, password="another"))
    post.send()
    post.send()
    post.deliver()
    assert post.queue().problem is Problem.WRONG_PASSWORD
    use_mail(account)
    post.deliver()
    assert len(script.accepted) == 2, "whoever sets mail up anew does not wait"


def test_what_waited_for_a_day_is_given_up_and_shown_for_a_week(
    post: Post, use_mail: UseMail, nobody_there: Account
) -> None:
    use_mail(nobody_there)
    post.send()
    for _ in range(25):
        post.deliver()
        post.office.clock.move(hours=1)
    found = post.queue()
    assert found.waiting == 0
    assert [each.problem for each in found.given_up] == [Problem.CANNOT_CONNECT]
    assert post.said == ["Mails delivered: 0, given up: 1."]
    post.office.clock.move(days=7)
    post.deliver()
    assert post.queue().given_up == []


def test_without_a_mail_server_notices_wait_for_a_day(
    post: Post, use_mail: UseMail, start_server: StartServer, script: Script
) -> None:
    post.send()
    post.deliver()
    assert post.queue().waiting == 1
    use_mail(start_server())
    post.deliver()
    assert len(script.accepted) == 1


def test_without_a_mail_server_they_are_forgotten_after_that(post: Post) -> None:
    post.send()
    post.office.clock.move(days=1)
    post.deliver()
    assert post.queue() == Queue(0, None, None, [])


def test_a_member_without_an_address_gets_none_and_the_desk_says_so(
    post: Post, use_mail: UseMail, start_server: StartServer, script: Script
) -> None:
    use_mail(start_server())
    other = next(each.id for each in post.office.made.people if each.id != post.coordinator)
    post.send(other, post.coordinator)
    post.deliver()
    assert script.recipients == [COORDINATOR_MAIL]
    assert [each.problem for each in post.queue().given_up] == [Problem.NO_ADDRESS]


def test_a_server_that_hangs_is_given_up_in_time_and_tried_again(
    post: Post, use_mail: UseMail, start_server: StartServer, script: Script
) -> None:
    use_mail(start_server())
    script.stops_at = "recipient"
    post.send()
    post.deliver(seconds=1)
    assert post.queue().problem is Problem.TIMED_OUT
    script.stops_at = ""
    script.go_on.set()
    post.office.clock.move(minutes=1)
    post.deliver()
    assert len(script.accepted) == 1


def test_a_second_try_of_a_letter_bears_the_number_of_the_first(
    post: Post, use_mail: UseMail, start_server: StartServer, script: Script
) -> None:
    """The server has it and never says so. Nobody can know, so it goes again, and a mail program tells the copies."""
    use_mail(start_server())
    script.stops_at = "data"
    post.send()
    post.deliver(seconds=1)
    script.stops_at = ""
    script.go_on.set()
    post.office.clock.move(minutes=1)
    post.deliver()
    first, second = script.accepted
    assert first["Message-ID"] == second["Message-ID"]
    assert len({found["Message-ID"] for found in script.accepted}) == 1
    assert post.queue().waiting == 0


def test_whoever_left_the_roster_meanwhile_gets_nothing(
    post: Post, use_mail: UseMail, start_server: StartServer, script: Script
) -> None:
    use_mail(start_server())
    post.send()
    with post.office.app.app_context(), transaction():
        accounts_services.set_mail(post.coordinator, None)
    post.deliver()
    assert script.accepted == []


def test_the_address_before_is_told_that_it_was_changed_and_gets_nothing_later(
    post: Post, use_mail: UseMail, start_server: StartServer, script: Script
) -> None:
    use_mail(start_server())
    desk = post.office.signed_in("demo-coordinator")
    mail = "/api/v1/staff/account/mail"
    assert desk.post(mail, json={"address": "new@council.example"}).status_code == 204
    post.deliver()
    assert sorted(each["To"] for each in script.accepted) == [COORDINATOR_MAIL, "new@council.example"]
    assert {each["Subject"].rpartition(": ")[2] for each in script.accepted} == {"Your address for mail was changed"}
    assert all("new@council.example" not in each.get_content() for each in script.accepted)
    assert desk.post(mail, json={"address": None}).status_code == 204
    post.send()
    post.deliver()
    assert [each["To"] for each in script.accepted[2:]] == ["new@council.example"]


SAYS: list[tuple[Kind, Callable[[str], bool]]] = [
    (Kind.WORK_WAITS, lambda text: "waiting for you" in text),
    (Kind.DANGER_WAITS, lambda text: "urgent reports wait at the desk" in text),
    (Kind.DANGER_UNOPENED, lambda text: "nobody has opened them" in text and "another team’s" in text),
    (Kind.SECOND_FACTOR_RESET, lambda text: "reset your second factor" in text),
    (Kind.SECOND_FACTOR_RESET_BY_YOU, lambda text: "under your name" in text),
    (Kind.ACCOUNT_CHANGED, lambda text: "how you sign in was changed" in text),
    (Kind.MAIL_CHANGED, lambda text: "mail from the desk was changed" in text),
    (Kind.KIT_LOOKED, lambda text: "typed the recovery kit" in text),
    (Kind.FORM_CLOSED, lambda text: "opened what waits at the desk for too long" in text),
    (Kind.BUNDLE_ENDS, lambda text: "list of teams ends on 5 December 2026" in text),
    (Kind.ROSTER_ENDS, lambda text: "list of people ends on 5 December 2026" in text),
    (Kind.HEAD, lambda text: "The audit trail has a chain for each team, and one for this website." in text),
]


def test_every_kind_has_words(post: Post, use_mail: UseMail, start_server: StartServer, script: Script) -> None:
    assert {kind for kind, _ in SAYS} == set(Kind)
    use_mail(start_server())
    Sealed(post.office, urgent=True).send()  # without which nothing urgent would go out
    for kind, says in SAYS:
        post.send(kind=kind, day=date(2026, 12, 5))
        post.deliver()
        text = " ".join(script.accepted[-1].get_content().split())
        assert says(text), text
        assert "Do not answer this message." in text
