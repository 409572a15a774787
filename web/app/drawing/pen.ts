/** Of the canvas's side. */
const PEN_WIDTH = 0.075;
/** What an arrow key moves the pen by, of the canvas's side. */
const KEY_STEP = 1 / 28;

export type Spot = [x: number, y: number];

/** Draws strokes on a canvas; places are shares of its side, so that its size on the page does not matter. */
export class Pen {
  /** Where the pen is when keys move it. */
  at: Spot = [0.5, 0.3];
  down = false;

  constructor(private readonly canvas: HTMLCanvasElement) {}

  /** Begins a stroke, with a dot. */
  touch(spot: Spot): void {
    this.at = spot;
    this.down = true;
    this.stroke(spot, spot);
  }

  /** Draws on to a spot, where the pen is down. */
  move(spot: Spot): void {
    if (this.down) this.stroke(this.at, spot);
    this.at = spot;
  }

  /** Moves by whole steps of the keyboard. */
  step(right: number, down: number): void {
    const within = (value: number) => Math.min(1, Math.max(0, value));
    this.move([within(this.at[0] + right * KEY_STEP), within(this.at[1] + down * KEY_STEP)]);
  }

  lift(): void {
    this.down = false;
  }

  clear(): void {
    this.down = false;
    const {width, height} = this.canvas;
    this.context().clearRect(0, 0, width, height);
  }

  private stroke([x, y]: Spot, [toX, toY]: Spot): void {
    const {width} = this.canvas;
    const context = this.context();
    context.lineWidth = PEN_WIDTH * width;
    context.lineCap = 'round';
    context.lineJoin = 'round';
    context.strokeStyle = '#fff';
    context.beginPath();
    context.moveTo(x * width, y * width);
    context.lineTo(toX * width, toY * width);
    context.stroke();
  }

  private context(): CanvasRenderingContext2D {
    return this.canvas.getContext('2d', {willReadFrequently: true}) as CanvasRenderingContext2D;
  }
}
