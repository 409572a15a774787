/** What can be paused: whoever passes waits while it is shut. */
export class Gate {
  private opened: Promise<void> = Promise.resolve();
  private open = () => {};

  shut(): void {
    this.release();
    this.opened = new Promise((resolve) => {
      this.open = resolve;
    });
  }

  release(): void {
    this.open();
  }

  pass(): Promise<void> {
    return this.opened;
  }
}
