import {describe, expect, it} from 'vitest';
import {measure} from './measure';

describe('a measurement', () => {
  /** Steps that take so long each, on a clock of their own; the last duration goes on. */
  function steps(...durations: number[]) {
    let time = 1000;
    let count = 0;
    return {
      now: () => time,
      step: async () => {
        time += durations[Math.min(count++, durations.length - 1)];
      },
      count: () => count,
    };
  }

  it('does not count the warm-up', async () => {
    const clock = steps(...Array(20).fill(90), 10);
    const result = await measure(clock.step, {imagesPerStep: 32, seconds: 1, onProgress() {}, now: clock.now});
    // A second of warm-up is 12 steps of 90 ms; the 8 slow ones that follow are no median.
    expect(result.milliseconds).toBe(10);
    expect(result.imagesPerSecond).toBe(3200);
    expect(result.steps).toBe(clock.count() - 12);
  });

  it('measures steps that are shorter than the clock', async () => {
    let calls = 0;
    // 0.3 ms each, of which the clock shows whole milliseconds.
    const step = async () => {
      calls++;
    };
    const now = () => Math.floor(0.3 * calls);
    const result = await measure(step, {imagesPerStep: 32, seconds: 1, onProgress() {}, now});
    expect(result.milliseconds).toBeCloseTo(0.3, 1);
  });

  it('tells the rate about ten times a second, and none in the warm-up', async () => {
    const clock = steps(20);
    const rates: (number | undefined)[] = [];
    const onProgress = (rate: number | undefined) => rates.push(rate);
    await measure(clock.step, {imagesPerStep: 10, seconds: 1, onProgress, now: clock.now});
    const known = rates.filter((rate) => rate !== undefined);
    expect(rates[0]).toBeUndefined();
    expect(rates.slice(rates.length - known.length)).toEqual(known);
    expect(known.length).toBe(10);
    expect(known.every((rate) => rate === 500)).toBe(true);
  });

  it('waits in the warm-up for what is not ready, but not for ever', async () => {
    const clock = steps(100);
    const options = {imagesPerStep: 32, seconds: 1, onProgress() {}, now: clock.now};
    const warmedUp = async (isReady: () => boolean) => {
      const before = clock.count();
      const {steps: counted} = await measure(clock.step, {...options, isReady});
      return clock.count() - before - counted;
    };
    const beginning = clock.count();
    expect(await warmedUp(() => clock.count() - beginning >= 17)).toBe(17);
    expect(await warmedUp(() => false)).toBe(30);
  });

  it('measures one step of those that take longer than there is time', async () => {
    const clock = steps(6000);
    const result = await measure(clock.step, {imagesPerStep: 32, seconds: 3, onProgress() {}, now: clock.now});
    expect([result.steps, result.milliseconds, clock.count()]).toEqual([1, 6000, 2]);
  });
});
