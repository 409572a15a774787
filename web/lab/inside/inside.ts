/** What the page can ask of the inside of its model. */
import type {LayersModel} from '@tensorflow/tfjs-layers';
import type {MnistSplit} from 'mnist-wasm/mnist';
import {withExample} from '../example';
import {isSame, stateOf} from '../model-state';
import {rowsOf, type Work} from './chunks';
import {evidenceOf} from './evidence';
import {occlusionOf} from './occlusion';
import {Stopwatch, timed} from './stopwatch';
import {layerViews} from './strips';
import {type Answers, answersOf, mostExciting} from './strongest';
import {TestMapper} from './test-map';
import type {Evidence, ExcitingImage, LayerView, Occlusion, Place, TestMap, Timed, UnitChoice, UnitView} from './types';
import {unitView} from './unit';

const PIXELS = 784;

/** What is there to look into. */
interface Subject {
  model: LayersModel | undefined;
  test: MnistSplit | undefined;
}

/** Images: [784], 0 background to 255 ink. Undefined is answered where there is no model or no such thing in it. */
export class Inside {
  /** Of one layer, while the weights and the images stay as they are. */
  private answers: {of: readonly object[]; layer: number; found: Answers} | undefined;
  private readonly mapper = new TestMapper();

  constructor(private readonly subject: () => Subject) {}

  layers(pixels: Uint8Array): Promise<Timed<LayerView[] | undefined>> {
    return this.withImage(pixels, layerViews);
  }

  unit(pixels: Uint8Array, choice: UnitChoice, place?: Place): Promise<Timed<UnitView | undefined>> {
    return this.withImage(pixels, (model, xs) => unitView(model, xs, choice, place));
  }

  evidence(pixels: Uint8Array): Promise<Timed<Evidence | undefined>> {
    return this.withImage(pixels, evidenceOf);
  }

  occlusion(pixels: Uint8Array): Promise<Timed<Occlusion | undefined>> {
    return this.overTime((work) => occlusionOf(work, pixels));
  }

  /**
   * The model's answers to several images.
   * @param images [images, 784].
   * @returns [images, 10].
   */
  answersTo(images: Uint8Array): Promise<Timed<Float32Array | undefined>> {
    const size = images.length / PIXELS;
    return this.overTime((work) => rowsOf(work, {images, labels: new Uint8Array(size), size}, work.model.outputs[0]));
  }

  /** The test images that excite a unit most. */
  mostExciting(choice: UnitChoice): Promise<Timed<ExcitingImage[] | undefined>> {
    return this.overTime(async (work, test) => {
      const found = test && (await this.unitAnswers(work, test, choice.layer));
      return found && mostExciting(found, choice);
    });
  }

  map(): Promise<Timed<TestMap | undefined>> {
    return this.overTime(async (work, test) => test && this.mapper.map(work, test));
  }

  /** The pixels of a test image. */
  testImage(index: number): Uint8Array | undefined {
    const {test} = this.subject();
    if (!test || index >= test.size) return undefined;
    const pixels = test.images.length / test.size;
    return test.images.slice(index * pixels, (index + 1) * pixels);
  }

  private async unitAnswers(work: Work, test: MnistSplit, layer: number): Promise<Answers | undefined> {
    const of = [...stateOf(work.model), test];
    if (this.answers?.layer === layer && isSame(this.answers.of, of)) return this.answers.found;
    const found = await answersOf(work, test, layer);
    if (found) this.answers = {of, layer, found};
    return found;
  }

  private withImage<T>(
    pixels: Uint8Array,
    look: Parameters<typeof withExample<T | undefined>>[2],
  ): Promise<Timed<T | undefined>> {
    const {model} = this.subject();
    return timed(async () => model && withExample(model, pixels, look));
  }

  private async overTime<T>(
    compute: (work: Work, test: MnistSplit | undefined) => Promise<T | undefined>,
  ): Promise<Timed<T | undefined>> {
    const {model, test} = this.subject();
    const watch = new Stopwatch();
    if (!model) return watch.timed(undefined);
    const isOver = () => this.subject().model !== model || this.subject().test !== test;
    return watch.timed(await compute({model, watch, isOver}, test));
  }
}
