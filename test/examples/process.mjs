/** What Linux tells of a process. */
import {readFileSync} from 'node:fs';

/** The kernel's unit of time in /proc: on every architecture that Node runs on. */
const TICKS_A_SECOND = 100;

/** Seconds of all cores that a process has computed. */
export function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  const [user, system] = [fields[11], fields[12]].map(Number);
  return (user + system) / TICKS_A_SECOND;
}

/** Memory that a process has, in MB. */
export function residentMegabytes(pid) {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(kilobytes) / 1000;
}
