"""What a browser's outbox holds, and what the server has, without either of them being asked over the network."""

import base64
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

WAITING = """async () => {
  if (!(await indexedDB.databases()).some(({ name }) => name === 'youthsafe')) return [];
  const db = await new Promise((yes, no) => {
    const asked = indexedDB.open('youthsafe'); asked.onsuccess = () => yes(asked.result); asked.onerror = no; });
  const rows = await new Promise((yes, no) => {
    const asked = db.transaction('outbox').objectStore('outbox').getAll();
    asked.onsuccess = () => yes(asked.result); asked.onerror = no; });
  db.close();
  return rows.map(({ id }) => id);
}"""


def waiting(page: Page) -> list[str]:
    """The ids of the sealed reports that wait in a page's browser."""
    return list(page.evaluate(WAITING))


def arrived(database: Path) -> list[str]:
    """The ids of the reports in a server's database, each as often as it is there."""
    with sqlite3.connect(database, timeout=10) as connection:
        rows = connection.execute("SELECT id FROM report").fetchall()
    return [base64.urlsafe_b64encode(each).decode().rstrip("=") for (each,) in rows]


def until(true: Callable[[], bool], seconds: float = 30) -> None:
    """Wait until something holds; raises AssertionError."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.05)


def wake_the_worker(page: Page, base: str) -> None:
    """What Chromium does when a phone finds a network."""
    session, found = page.context.new_cdp_session(page), []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(event["registrations"]))
    session.send("ServiceWorker.enable")
    until(lambda: page.wait_for_timeout(50) is None and any(each["scopeURL"].startswith(base) for each in found))
    [number] = {each["registrationId"] for each in found if each["scopeURL"].startswith(base)}
    event = {"origin": base, "registrationId": number, "tag": "youthsafe-outbox", "lastChance": False}
    session.send("ServiceWorker.dispatchSyncEvent", event)
