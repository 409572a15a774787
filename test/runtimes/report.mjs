/** What the run prints: what it is at, what failed, the table, and how many passed and failed. */
import pc from 'picocolors';
import {newTable} from '../../common/node/table.mjs';

export function createReport() {
  const rows = [];
  const counts = {passed: 0, failed: 0};
  return {
    rows,
    step: (what) => console.log(pc.dim(`       ${what}`)),
    add(row) {
      const failed = row.results.filter(({wrong}) => wrong);
      const passed = row.results.length - failed.length;
      rows.push({...row, passed});
      counts.passed += passed;
      counts.failed += failed.length;
      const name = nameOf(row);
      console.log(`${failed.length === 0 ? pc.green('passed') : pc.red('failed')} ${name}: ${passed} passed`);
      for (const {name: test, wrong} of failed) {
        console.log(`${pc.red('failed')} ${name}: ${test}`);
        console.log(wrong.replace(/^/gm, '       '));
      }
    },
    end() {
      const table = newTable(['runtime', 'version', 'level', 'multiply-add', 'threads', 'tests'], 4);
      for (const row of rows) {
        const {version, level, fused, threads, passed, results} = row;
        table.push([
          nameOf(row),
          version,
          level,
          roundingOf(level, fused),
          threads ?? '',
          `${passed} of ${results.length}`,
        ]);
      }
      console.log(`\n${table}\n`);
      console.log(`${counts.passed} passed, ${counts.failed} failed`);
      return counts.failed === 0;
    },
  };
}

function nameOf({runtime, place}) {
  return [runtime, place.title.replaceAll('`', '')].filter(Boolean).join(', ');
}

/** Of the multiply-add, which the level 'simd' has not. */
export function roundingOf(level, fused) {
  if (level !== 'relaxed') return '';
  return fused ? 'rounds once' : 'rounds twice';
}
