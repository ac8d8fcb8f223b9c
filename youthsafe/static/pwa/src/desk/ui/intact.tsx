/** A part of a page that may fail to be drawn without taking the others with it: what a server or a sealed report says may be anything. */
import { Component, type ComponentChildren } from "preact";

/** `of`: what is drawn; another than the one that failed is tried anew. */
export interface IntactProps {
  of: unknown;
  onFailure: () => void;
  children: ComponentChildren;
}

const NOTHING = Symbol("nothing failed");

export class Intact extends Component<IntactProps, { failed: unknown }> {
  override state: { failed: unknown } = { failed: NOTHING };

  override componentDidCatch(): void {
    this.setState({ failed: this.props.of });
    this.props.onFailure();
  }

  override render({ of, children }: IntactProps): ComponentChildren {
    return this.state.failed === of ? null : children;
  }
}
