/** How a page tells what happens: messages as test/specs/follow.mjs expects them, over a WebSocket. */
import {nextTurn} from '../../../common/turn';
import type {Digest} from '../../digest/digest';

export interface Failure {
  message: string;
  stack: string[];
}

export type Message =
  | {event: 'discovered'; specs: number}
  | {event: 'start'; file: string; name: string}
  | ({event: 'spec'; file: string; name: string; status: 'passed' | 'failed'} & Partial<Failure>)
  | ({event: 'stray'; name: string} & Partial<Failure>)
  | {event: 'digest'; digest: Digest}
  | {event: 'end'};

/** Once it is awaited, the message arrives whatever the page does: Firefox sends when a turn of the event loop ends. */
export type Tell = (message: Message) => Promise<void>;

/** Connects to the server that the page comes from. */
export function connect(id: string): Promise<Tell> {
  const socket = new WebSocket(`ws://${location.host}/tell?id=${id}`);
  return new Promise((resolve) => {
    socket.onopen = () =>
      resolve((message) => {
        socket.send(JSON.stringify(message));
        return nextTurn();
      });
  });
}

export function describeFailure(error: unknown): Failure {
  if (!(error instanceof Error)) return {message: String(error), stack: []};
  return {message: error.message, stack: framesOf(error.stack ?? '')};
}

/** The frames in what this page was served, with short paths, but those of jasmine. All three engines write the URL. */
export function framesOf(stack: string): string[] {
  return stack
    .split('\n')
    .filter((line) => line.includes(`${location.origin}/`) && !line.includes('/jasmine.js'))
    .map((line) => line.trim().replaceAll(`${location.origin}/`, ''));
}
