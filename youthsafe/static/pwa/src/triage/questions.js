/** Questions in dialogs. They stand above the page, so a page that locks ends them: nobody answers for a person who left. */
export class Questions {
  /** @type {Set<(yes: boolean) => void>} */
  #waiting = new Set();

  /**
   * Ask in a dialog; resolves to whether the person said yes. Escape is no.
   * @param {HTMLElement} dialog
   * @returns {Promise<boolean>}
   */
  ask(dialog) {
    const asked = /** @type {HTMLDialogElement} */ (dialog);
    document.body.append(asked);
    return new Promise((resolve) => {
      const settle = (/** @type {boolean} */ yes) => {
        if (!this.#waiting.delete(settle)) return; // a press on a dialog that was ended before it
        asked.remove();
        resolve(yes);
      };
      this.#waiting.add(settle);
      asked.addEventListener('click', ({ target }) => {
        if (target instanceof HTMLButtonElement) asked.close(target.value);
      });
      asked.addEventListener('close', () => settle(asked.returnValue === 'yes'));
      asked.showModal();
    });
  }

  /** Every question that waits is answered with no. */
  end() {
    for (const settle of [...this.#waiting]) settle(false);
  }
}
