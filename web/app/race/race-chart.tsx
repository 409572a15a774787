import {useEffect, useRef} from 'preact/hooks';
import {type RaceRecord, raceCsv} from '../../race/figures';
import type {Standing} from '../../race/types';
import {texts} from '../../texts';
import {download} from '../parts/download';
import {announcement, tell} from '../store';
import {lookNow, pngOf} from './picture';

interface Props {
  standings: readonly Standing[];
  record: RaceRecord;
}

type Format = 'svg' | 'png' | 'csv';
const FORMATS: readonly Format[] = ['svg', 'png', 'csv'];
const TYPES = {svg: 'image/svg+xml', csv: 'text/csv'};
/** Pixels of the saved chart, whatever the page has. */
const SAVED_WIDTH = 800;

/** The figures of a race that has ended as a chart, with what it takes to show them elsewhere. */
export function RaceChart({standings, record}: Props) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let end: (() => void) | undefined;
    let ended = false;
    import('./chart').then(({mountChart}) => {
      if (!ended && box.current) end = mountChart(box.current, standings, record);
    }, tell);
    return () => {
      ended = true;
      end?.();
    };
  }, [standings, record]);
  return (
    <figure class="race-chart">
      <h3>{texts.race.chart}</h3>
      <div ref={box} class="race-chart-box" role="img" aria-label={texts.race.chartLabel} />
      <p class="race-save">
        {FORMATS.map((format) => (
          <button key={format} type="button" onClick={() => save(format, standings, record).catch(tell)}>
            {texts.race.saveAs[format]}
          </button>
        ))}
      </p>
    </figure>
  );
}

async function save(format: Format, standings: readonly Standing[], record: RaceRecord): Promise<void> {
  const name = `mnist-wasm-race-${record.date.toISOString().slice(0, 10)}.${format}`;
  download({name, content: await contentOf(format, standings, record)});
  announcement.value = texts.race.saved(name);
}

async function contentOf(format: Format, standings: readonly Standing[], record: RaceRecord): Promise<Blob> {
  if (format === 'csv') return new Blob([raceCsv(standings, record)], {type: TYPES.csv});
  const {chartSvg} = await import('./chart');
  const svg = new Blob([chartSvg(standings, record, {...lookNow(), width: SAVED_WIDTH})], {type: TYPES.svg});
  return format === 'svg' ? svg : pngOf(svg);
}
