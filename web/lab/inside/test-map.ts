import type {LayersModel} from '@tensorflow/tfjs-layers';
import type {MnistSplit} from 'mnist-wasm/mnist';
import {subset} from '../../../recipes';
import {aligned, fitted} from './align';
import {rowsOf, type Work} from './chunks';
import {scoringLayer} from './evidence';
import {seenLayers} from './layers';
import {principalPlane} from './projection';
import type {TestMap} from './types';

const IMAGES = 500;

/** Where test images lie for a model, as it makes them out just before the ten scores; moving on from map to map. */
export class TestMapper {
  private last: {model: LayersModel; test: MnistSplit; axes: Float32Array; points: Float32Array} | undefined;

  /** Undefined where it was over before it was done. */
  async map(work: Work, test: MnistSplit): Promise<TestMap | undefined> {
    const {model, watch} = work;
    const images = subset(test, 0, Math.min(IMAGES, test.size));
    const place = scoringLayer(seenLayers(model))?.input ?? model.outputs[0];
    const rows = await rowsOf(work, images, place);
    if (!rows) return undefined;
    const before = this.last?.model === model && this.last.test === test ? this.last : undefined;
    const plane = await watch.run(() => principalPlane(rows, images.size, before?.axes));
    const points = aligned(plane.points, before?.points);
    this.last = {model, test, axes: plane.axes, points};
    return {points: fitted(points), labels: images.labels, share: plane.share};
  }
}
