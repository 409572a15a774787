import '../compare/compare.css';
import {texts} from '../../texts';
import {runs} from '../compare/runs';
import {RunsChart} from '../compare/runs-chart';
import {RunsTable} from '../compare/runs-table';
import {SideBySide} from '../compare/side-by-side';
import {Section} from '../parts/section';

/** The trainings of this browser beside each other, and two networks on the same images. */
export function CompareSection() {
  const kept = runs.value;
  return (
    <Section id="compare" title={texts.compare.title}>
      <p class="soft">{kept.length === 0 ? texts.compare.empty : texts.compare.explained(kept.length)}</p>
      <RunsChart />
      {kept.length > 0 && <RunsTable />}
      <SideBySide />
    </Section>
  );
}
