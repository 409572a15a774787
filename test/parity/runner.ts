import {type ChildProcess, fork} from 'node:child_process';
import {UsageError} from '../../common/errors';
import type {Outcome} from './pair';
import type {Reply, Request, Setup} from './protocol';
import type {RandomOutcome, RandomRequest} from './random';

type Running = Extract<Reply, {type: 'running'}>;
/** Instead of a reply: the worker did not answer in time, or has ended. */
type Lost = {type: 'lost'; message: string; running?: Running};
type Answer = Exclude<Reply, Running> | Lost;

/** How long backends may take to start, in seconds. */
const START_SECONDS = 120;
/** How much is kept of what a worker prints, to be shown where it ends. */
const PRINTED = 400;

/** Has cases run by a worker, and by a new one where that hangs or dies. */
export class Runner {
  /** How many workers have not come back from a case. */
  lost = 0;
  private worker: ChildProcess | undefined;
  private printed = '';

  constructor(
    private readonly setup: Setup,
    private readonly timeoutSeconds: number,
  ) {
    process.on('exit', () => this.stop());
  }

  /**
   * Starts the backends.
   *
   * @returns the feature level, where mnist-wasm is one of them.
   * @throws UsageError where one of them is unknown or does not start.
   */
  async start(): Promise<string | undefined> {
    const worker = fork(new URL('worker.js', import.meta.url), [JSON.stringify(this.setup)], {
      serialization: 'advanced',
      // What backends print must not come between the lines of the report.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [worker.stdout, worker.stderr]) {
      stream?.on('data', (text) => {
        this.printed += this.printed.length < PRINTED ? text : '';
      });
    }
    worker.once('close', () => {
      if (this.worker === worker) this.worker = undefined;
    });
    // Of a message to a worker that has just ended: 'close' follows.
    worker.on('error', () => {});
    this.worker = worker;
    this.printed = '';
    const answer = await this.answerOf(worker, START_SECONDS);
    if (answer.type === 'ready') return answer.featureLevel;
    this.stop();
    throw new UsageError(`${unexpected(answer).message}${answer.type === 'error' ? this.output() : ''}`);
  }

  async runCase(index: number): Promise<Outcome> {
    const answer = await this.ask({type: 'case', index});
    if (answer.type === 'case') return answer.outcome;
    if (answer.type === 'lost') return {status: 'trapped', message: answer.message};
    throw unexpected(answer);
  }

  /** @throws Error where the random cases themselves cannot be made. */
  async runRandom(request: RandomRequest): Promise<RandomOutcome> {
    const answer = await this.ask({type: 'random', ...request});
    if (answer.type === 'random') return answer.outcome;
    if (answer.type !== 'lost') throw unexpected(answer);
    const path = answer.running?.path ?? '0';
    return {
      runs: request.path === undefined ? Number(path) + 1 : 1,
      unsupported: 0,
      failure: {status: 'trapped', message: answer.message, path},
    };
  }

  stop(): void {
    this.worker?.kill('SIGKILL');
    this.worker = undefined;
  }

  private async ask(request: Request): Promise<Answer> {
    if (!this.worker) await this.start();
    const worker = this.worker as ChildProcess;
    this.printed = '';
    worker.send(request);
    const answer = await this.answerOf(worker, this.timeoutSeconds);
    if (answer.type === 'lost') {
      this.lost++;
      this.stop();
    }
    return answer;
  }

  /** The time that is allowed begins anew whenever a backend is about to run something. */
  private answerOf(worker: ChildProcess, seconds: number): Promise<Answer> {
    return new Promise((resolve) => {
      let running: Running | undefined;
      const lost = (what: string) =>
        finish({type: 'lost', message: `${running?.backend ?? 'the process'} ${what}`, running});
      const timer = setTimeout(() => lost(`did not finish within ${seconds} s`), 1000 * seconds);
      const onMessage = (reply: Reply) => {
        if (reply.type !== 'running') return finish(reply);
        running = reply;
        timer.refresh();
      };
      const onClose = (code: number | null, signal: string | null) =>
        lost(`ended the process with ${signal ?? `exit code ${code}`}${this.output()}`);
      const finish = (answer: Answer) => {
        clearTimeout(timer);
        worker.off('message', onMessage).off('close', onClose);
        resolve(answer);
      };
      worker.on('message', onMessage).on('close', onClose);
    });
  }

  private output(): string {
    const text = this.printed.slice(0, PRINTED).trim().replaceAll(/\s+/g, ' ');
    return text && `: ${text}`;
  }
}

function unexpected(answer: Answer): Error {
  return new Error('message' in answer ? answer.message : `unexpected answer '${answer.type}'`);
}
