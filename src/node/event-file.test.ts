import {execFileSync} from 'node:child_process';
import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {EventFile, eventFiles} from 'mnist-wasm/node';
import {afterEach, beforeEach, expect, it} from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'events-'));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

/** CRC-32C by its definition, bit by bit, and masked as TFRecord has it. */
function maskedCrc(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f63b78 : 0);
  }
  crc = ~crc >>> 0;
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

/** The data of the records of a file; both checksums must be right, and nothing may follow. */
function recordsOf(file: string): Buffer[] {
  const bytes = readFileSync(file);
  const records: Buffer[] = [];
  let at = 0;
  while (at < bytes.length) {
    const length = Number(bytes.readBigUInt64LE(at));
    expect(bytes.readUInt32LE(at + 8)).toBe(maskedCrc(bytes.subarray(at, at + 8)));
    const data = bytes.subarray(at + 12, at + 12 + length);
    expect(bytes.readUInt32LE(at + 12 + length)).toBe(maskedCrc(data));
    records.push(data);
    at += 16 + length;
  }
  expect(at).toBe(bytes.length);
  return records;
}

type Field = bigint | Buffer;

/** The fields of a protobuf message by number, read by hand. */
function fieldsOf(message: Buffer): Record<number, Field> {
  const fields: Record<number, Field> = {};
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message[at++];
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return BigInt.asIntN(64, value);
    }
  };
  const take = (bytes: number) => {
    at += bytes;
    return message.subarray(at - bytes, at);
  };
  while (at < message.length) {
    const tag = Number(varint());
    const read = {0: varint, 1: () => take(8), 2: () => take(Number(varint())), 5: () => take(4)}[tag & 7];
    if (!read) throw new Error(`wire type ${tag & 7}`);
    fields[tag >>> 3] = read();
  }
  return fields;
}

function scalarOf(record: Buffer) {
  const event = fieldsOf(record);
  const value = fieldsOf(fieldsOf(event[5] as Buffer)[1] as Buffer);
  return {
    time: (event[1] as Buffer).readDoubleLE(),
    step: Number(event[2] ?? 0n),
    tag: (value[1] as Buffer).toString(),
    value: (value[2] as Buffer).readFloatLE(),
  };
}

it('writes a TFRecord file of events that another reader reads back', async () => {
  const before = Date.now() / 1000;
  const file = new EventFile(path.join(folder, 'new/train'));
  const points = [
    ['epoch_loss', 0.5, 1],
    ['epoch_loss', Number.NaN, 2],
    ['Genauigkeit (%)', Math.fround(99.3), 300],
    ['big', -1e30, 2 ** 40],
    ['first', 0, 0],
    ['negative', 1, -1],
  ] as const;
  for (const [tag, value, step] of points) file.scalar(tag, value, step);
  await file.flush();
  expect(path.basename(file.file)).toMatch(/^events\.out\.tfevents\.\d{10}\./);
  const [version, ...records] = recordsOf(file.file);
  expect((fieldsOf(version)[3] as Buffer).toString()).toBe('brain.Event:2');
  const read = records.map(scalarOf);
  expect(read.map(({tag, value, step}) => [tag, value, step])).toEqual(
    points.map(([tag, value, step]) => [tag, Math.fround(value), step]),
  );
  for (const {time} of read) {
    expect(time).toBeGreaterThanOrEqual(before);
    expect(time).toBeLessThanOrEqual(Date.now() / 1000);
  }
});

it('has all records, in their order, however flushes overlap', async () => {
  const file = new EventFile(folder);
  const flushes: Promise<void>[] = [];
  for (let step = 0; step < 50; step++) {
    file.scalar('loss', step, step);
    flushes.push(file.flush());
  }
  await Promise.all(flushes);
  const [, ...records] = recordsOf(file.file);
  expect(records.map((record) => scalarOf(record).step)).toEqual(Array.from({length: 50}, (_, step) => step));
});

it('makes no file before the first flush, and a file for each run', async () => {
  const open = eventFiles(path.join(folder, 'logs'));
  const writers = [open('train'), open('validation'), open('train')];
  expect(existsSync(path.join(folder, 'logs'))).toBe(false);
  for (const writer of writers) await writer.flush();
  expect(readdirSync(path.join(folder, 'logs')).sort()).toEqual(['train', 'validation']);
  expect(readdirSync(path.join(folder, 'logs/train'))).toHaveLength(2);
});

it('keeps what could not be written for the next flush', async () => {
  const blocked = path.join(folder, 'blocked');
  writeFileSync(blocked, '');
  const file = new EventFile(blocked);
  file.scalar('loss', 1, 1);
  await expect(file.flush()).rejects.toThrow(/EEXIST|ENOTDIR/);
  rmSync(blocked);
  await file.flush();
  expect(recordsOf(file.file)).toHaveLength(2);
});

it('refuses a step that is no whole number', () => {
  const file = new EventFile(folder);
  for (const step of [0.5, Number.NaN, 2 ** 60]) {
    expect(() => file.scalar('loss', 1, step)).toThrow(/step: expected a whole number/);
  }
});

/** TensorBoard's own reader; MNIST_WASM_PYTHON names a Python that has it. */
const PYTHON = process.env.MNIST_WASM_PYTHON ?? 'python3';
const READER = `
import sys
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
events = EventAccumulator(sys.argv[1])
events.Reload()
for tag in events.Tags()['scalars']:
    for point in events.Scalars(tag):
        print(tag, point.step, point.value)
`;

function hasTensorBoard(): boolean {
  try {
    execFileSync(PYTHON, ['-c', 'import tensorboard'], {stdio: 'ignore'});
    return true;
  } catch {
    return false;
  }
}

it.skipIf(!hasTensorBoard())('TensorBoard reads it (needs Python with tensorboard)', {timeout: 60_000}, async () => {
  const file = new EventFile(folder);
  file.scalar('epoch_loss', 0.5, 1);
  file.scalar('epoch_loss', 0.25, 2);
  file.scalar('epoch_accuracy', 0.75, 2);
  await file.flush();
  const lines = execFileSync(PYTHON, ['-c', READER, folder], {encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']});
  expect(lines.trim().split('\n').sort()).toEqual(['epoch_accuracy 2 0.75', 'epoch_loss 1 0.5', 'epoch_loss 2 0.25']);
});
