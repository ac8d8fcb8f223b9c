"""What whoever owns a browser can take out of it: every byte array that an object in its workers' memory holds."""

import json
from typing import Any

from playwright.sync_api import CDPSession, Page

EVERY_OBJECT = "Object.prototype"
BYTES_OF_THEM = """function () {
  const hex = (bytes) => Array.from(bytes, (each) => each.toString(16).padStart(2, '0')).join('');
  const held = (object) => [
    ...Object.values(Object.getOwnPropertyDescriptors(object)).map(({ value }) => value),
    ...(object instanceof Map ? [...object.keys(), ...object.values()] : object instanceof Set ? object : []),
  ];
  const found = new Set();
  for (const object of this) for (const value of held(object)) {
    if (value instanceof Uint8Array) found.add(hex(value));
    if (value instanceof ArrayBuffer) found.add(hex(new Uint8Array(value)));
  }
  return [...found];
}"""


class Memory:
    """The workers of one page, looked into as the browser's own developer tools do."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._wire: CDPSession = page.context.new_cdp_session(page)
        self._workers: list[str] = []
        self._answers: dict[int, Any] = {}
        self._wire.on("Target.attachedToTarget", lambda told: self._workers.append(told["sessionId"]))
        self._wire.on("Target.receivedMessageFromTarget", self._heard)
        self._wire.send("Target.setAutoAttach", {"autoAttach": True, "waitForDebuggerOnStart": False, "flatten": False})

    def byte_arrays(self) -> set[bytes]:
        """Everything that is kept there now as bytes, keys included."""
        return {each for worker in self._workers for each in self._of(worker)}

    def _of(self, worker: str) -> list[bytes]:
        root = self._ask(worker, "Runtime.evaluate", expression=EVERY_OBJECT)["result"]["objectId"]
        every = self._ask(worker, "Runtime.queryObjects", prototypeObjectId=root)["objects"]["objectId"]
        look = {"objectId": every, "functionDeclaration": BYTES_OF_THEM, "returnByValue": True}
        return [bytes.fromhex(each) for each in self._ask(worker, "Runtime.callFunctionOn", **look)["result"]["value"]]

    def _ask(self, worker: str, method: str, **parameters: object) -> Any:
        number = len(self._answers) + 1
        message = json.dumps({"id": number, "method": method, "params": parameters})
        self._wire.send("Target.sendMessageToTarget", {"sessionId": worker, "message": message})
        while number not in self._answers:
            self._page.evaluate("0")  # hears what the browser has said meanwhile
        return self._answers[number]["result"]

    def _heard(self, told: dict[str, str]) -> None:
        answer = json.loads(told["message"])
        if "id" in answer:
            self._answers[answer["id"]] = answer
