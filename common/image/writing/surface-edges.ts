import {type Region, regions} from './regions';

/** Of a region's longer side: what of it is at the edge of its surface. */
const MIN_ALONG = 0.6;
/** Pixels from the edge that it goes on, in the mean. */
const MAX_DEPTH = 8;
/** Of the picture's longer side. */
const MIN_CROSSING = 0.04;

/** What share of an area's outline the regions cover. */
export function edgeShare(parts: Region[], area: Uint8Array, width: number): number {
  const edge = area.reduce((sum, value, i) => sum + Number(value === 1 && isEdge(area, width, i)), 0);
  return parts.reduce((sum, part) => sum + edgePixels(part, area, width), 0) / Math.max(1, edge);
}

/** Whether something sizable goes over the edge of the area that it was looked for in. */
export function crosses(mask: Uint8Array, area: Uint8Array, width: number): boolean {
  const least = MIN_CROSSING * Math.max(width, mask.length / width);
  return regions(mask, width).some(
    (region) =>
      Math.max(region.box.width, region.box.height) >= least &&
      edgePixels(region, area, width) > 0 &&
      !isAlong(region, area, width),
  );
}

/** Whether a region runs along the edge of an area: its shadow, or what the edge was not taken for. */
export function isAlong(region: Region, area: Uint8Array, width: number): boolean {
  const edge = edgePixels(region, area, width);
  return edge >= MIN_ALONG * Math.max(region.box.width, region.box.height) && region.pixels.length <= MAX_DEPTH * edge;
}

function edgePixels({pixels}: Region, area: Uint8Array, width: number): number {
  return pixels.reduce((sum, pixel) => sum + Number(isEdge(area, width, pixel)), 0);
}

/** Where the area goes on beyond the picture is not known: that is no edge. */
function isEdge(area: Uint8Array, width: number, i: number): boolean {
  const x = i % width;
  return (
    area[i - width] === 0 ||
    area[i + width] === 0 ||
    (x > 0 && area[i - 1] === 0) ||
    (x < width - 1 && area[i + 1] === 0)
  );
}
