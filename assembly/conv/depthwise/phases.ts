/**
 * Input pixels whose positions are equal modulo the strides are read by the same taps: they make a phase, and the pixels
 * and taps of a phase are tabulated once.
 */
import {ZEROS} from '../../memory';
import {Geometry2D} from '../geometry';
import {columnsBefore, dyColumns, inRowsOfStrip, lastReader, rowsAbove, sumPixelBytes} from './dy_strip';
import {fillTable, PIXEL_BYTES, sumPlaces, tableBytes, toTerms} from './strip';

/**
 * The pixels of a phase in a strip, from row `firstRow` on, strideHeight rows apart, `columns` in each (places), and
 * the taps that read them (terms).
 */
@unmanaged
class Phase {
  firstRow: i32;
  columns: i32;
  places: usize;
  terms: usize;
  termCount: i32;
}

/** Bytes of the list of phases with their places and terms. */
export function phaseBytes(g: Geometry2D): f64 {
  return (
    <f64>phaseCount(g) * offsetof<Phase>() +
    <f64>tableBytes(inRowsOfStrip(g) * g.inWidth) +
    <f64>tableBytes(g.filterHeight * g.filterWidth)
  );
}

function phaseCount(g: Geometry2D): i32 {
  return min(g.strideHeight, g.inHeight) * min(g.strideWidth, g.inWidth);
}

/** Fills the list of phases, and after it their places and terms. */
export function fillPhases(g: Geometry2D, phases: usize): void {
  const rows = inRowsOfStrip(g);
  const row = <usize>dyColumns(g) * PIXEL_BYTES;
  const inPixel = sumPixelBytes(g);
  const inRow = <usize>g.inWidth * inPixel;
  const tap = (<usize>g.outChannels) << 2;
  let phase = phases;
  let places = phases + <usize>phaseCount(g) * offsetof<Phase>();
  let terms = places + tableBytes(rows * g.inWidth);
  for (let r = 0; r < min(g.strideHeight, g.inHeight); r++) {
    const readerRow = lastReader(r + g.padTop, g.strideHeight);
    const tapRow = r + g.padTop - readerRow * g.strideHeight;
    for (let c = 0; c < min(g.strideWidth, g.inWidth); c++) {
      const readerColumn = lastReader(c + g.padLeft, g.strideWidth);
      const tapColumn = c + g.padLeft - readerColumn * g.strideWidth;
      const p = changetype<Phase>(phase);
      p.firstRow = r;
      p.columns = countFrom(c, g.inWidth, g.strideWidth);
      p.places = places;
      p.terms = terms;
      places = fillTable(
        places,
        countFrom(r, rows, g.strideHeight),
        p.columns,
        <usize>(readerRow + rowsAbove(g)) * row + <usize>(readerColumn + columnsBefore(g)) * PIXEL_BYTES,
        row,
        PIXEL_BYTES,
        <usize>r * inRow + <usize>c * inPixel,
        inRow * g.strideHeight,
        inPixel * g.strideWidth,
      );
      // The next tap of a phase is one stride further in the filter, and reads one pixel of dy before.
      terms = fillTable(
        terms,
        countFrom(tapRow, g.filterHeight, g.strideHeight),
        countFrom(tapColumn, g.filterWidth, g.strideWidth),
        0,
        -row,
        -PIXEL_BYTES,
        <usize>(tapRow * g.filterWidth + tapColumn) * tap,
        tap * g.filterWidth * g.strideHeight,
        tap * g.strideWidth,
      );
      toTerms(p.terms, terms);
      p.termCount = <i32>((terms - p.terms) >> 3);
      phase += offsetof<Phase>();
    }
  }
}

/** How many of first, first + step, ... are less than `end`. */
function countFrom(first: i32, end: i32, step: i32): i32 {
  return first < end ? (end - first - 1) / step + 1 : 0;
}

/** The gradients of `rows` rows of dx for the channels of a block. */
export function sumPhases(
  g: Geometry2D,
  phases: usize,
  rows: i32,
  strip: usize,
  plane: usize,
  filter: usize,
  y: usize,
  channels: i32,
): void {
  for (let i = phaseCount(g); i > 0; i--) {
    const phase = changetype<Phase>(phases);
    const count = countFrom(phase.firstRow, rows, g.strideHeight) * phase.columns;
    sumPlaces(phase.places, count, phase.terms, phase.termCount, strip, plane, filter, ZEROS, y, channels);
    phases += offsetof<Phase>();
  }
}
