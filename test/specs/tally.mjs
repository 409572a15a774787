/**
 * What became of the specs of one process, or of all processes of a level.
 */
import {contradicted} from './contradicted.mjs';

export function emptyTally() {
  return {
    files: 0,
    discovered: 0,
    passed: 0,
    failed: 0,
    skipped: 0,
    /** Not asked for by the filter. */
    excluded: 0,
    /** Failed as they should: see contradicted.mjs. */
    contradicted: 0,
    /** {where: its file and name, message, stack} of each failed spec. */
    failures: [],
    /** The same of what went wrong outside specs: files that do not load, processes that end early. */
    errors: [],
  };
}

/** Adds the counts and lists of `part` to those of `sum`. */
export function addTally(sum, part) {
  for (const [key, value] of Object.entries(part)) {
    if (Array.isArray(value)) sum[key].push(...value);
    else sum[key] += value;
  }
}

export function withResult({passed, failed, skipped, excluded, contradicted}) {
  return passed + failed + skipped + excluded + contradicted;
}

/** Takes one message of a worker in, which `contradicts` the specs of contradicted.mjs or not. */
export function count(tally, {event, file, name, status, specs, ...failure}, contradicts) {
  if (event === 'load') tally.files++;
  else if (event === 'loadFailed') tally.errors.push({where: `loading ${file}`, ...failure});
  else if (event === 'discovered') tally.discovered += specs;
  else if (event === 'stray') tally.errors.push({where: name, ...failure});
  else if (event === 'spec') countSpec(tally, `${file}: ${name}`, status, failure, contradicts);
}

function countSpec(tally, where, status, failure, contradicts) {
  const isContradicted = contradicts && contradicted.has(where.trim());
  if (isContradicted && status === 'failed') {
    tally.contradicted++;
    return;
  }
  tally[counterOf[status]]++;
  if (status === 'failed') tally.failures.push({where, ...failure});
  if (isContradicted && status === 'passed') {
    tally.errors.push({where, message: 'passes, though test/specs/contradicted.mjs says that it cannot'});
  }
}

/** By jasmine's names; pending is what is disabled by `xit`. */
const counterOf = {passed: 'passed', failed: 'failed', pending: 'skipped', excluded: 'excluded'};

/** Checks that every spec that jasmine found has a result, and that none was left out without a filter. */
export function checkCounts(tally, {filter}) {
  const {discovered, excluded, errors} = tally;
  const where = 'counting the specs';
  const results = withResult(tally);
  if (results !== discovered) errors.push({where, message: `${discovered} were discovered, ${results} have a result`});
  if (filter === '' && excluded > 0) errors.push({where, message: `${excluded} were left out, without a filter`});
}
