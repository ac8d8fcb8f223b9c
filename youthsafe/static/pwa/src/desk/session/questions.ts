/** Questions in dialogs. They stand above the page, so a page that locks ends them: nobody answers for a person who left. */
import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";

/** `name`: of the dialog; `yes`, `no`: what the answers are called. */
export interface Question {
  name: `confirm-${string}`;
  title: ComponentChildren;
  yes: string;
  no: string;
  danger?: boolean;
  body: ComponentChildren;
}

/** A question that waits for its answer. */
export interface Asked extends Question {
  settle: (yes: boolean) => void;
}

export class Questions {
  readonly waiting = signal<readonly Asked[]>([]);

  /** Ask; resolves to whether the person said yes. */
  ask(question: Question): Promise<boolean> {
    return new Promise((resolve) => {
      const asked: Asked = {
        ...question,
        settle: (yes) => {
          const left = this.waiting.value.filter((each) => each !== asked);
          if (left.length === this.waiting.value.length) return; // a press on a dialog that was ended before it
          this.waiting.value = left;
          resolve(yes);
        },
      };
      this.waiting.value = [...this.waiting.value, asked];
    });
  }

  /** Every question that waits is answered with no. */
  end(): void {
    for (const { settle } of this.waiting.value) settle(false);
  }
}
