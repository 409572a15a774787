import type {LayersModel} from '@tensorflow/tfjs-layers';
import {texts} from '../texts';
import {describeModel} from './model-info';
import {type FittingModel, keepLast, noteLast} from './models';
import {fileStem} from './models/title';
import type {ModelNote, OpenedModel} from './models/types';
import {describeTraining} from './recipe-info';
import {type Training, trainingOf} from './train';

/** The model that the page works with, and what is known of it. */
export class ModelInUse {
  private model: LayersModel | undefined;
  private known: ModelNote = {title: '', choice: undefined, accuracy: undefined};
  /** Whether it is the one that was kept at the end of the last training. */
  private isLast = false;

  /** Undefined where there is none yet. */
  get current(): LayersModel | undefined {
    return this.model;
  }

  get note(): ModelNote {
    return this.known;
  }

  /** How it is trained. */
  get training(): Training {
    return trainingOf(this.known.choice, this.known.network);
  }

  /** What its files are called, without their ending. */
  get fileStem(): string {
    return fileStem(this.known);
  }

  /** @throws Error where there is none yet. */
  loaded(): LayersModel {
    if (!this.model) throw new Error(texts.network.none);
    return this.model;
  }

  /** Puts another in its place. */
  replace({model, note}: FittingModel): OpenedModel {
    this.model?.dispose();
    this.model = model;
    this.known = note;
    this.isLast = false;
    return {...note, info: describeModel(model, describeTraining(this.training))};
  }

  /** Its weights change: what was tested no longer holds. */
  changes(): void {
    this.known = {...this.known, accuracy: undefined};
  }

  /** @param epochs passes over the images in all. */
  trained(epochs: number): void {
    this.known = {...this.known, epochs};
  }

  /** @param accuracy on the test images. */
  async tested(accuracy: number): Promise<void> {
    this.known = {...this.known, accuracy};
    if (this.isLast) await noteLast(this.known);
  }

  /**
   * Keeps it as that of the last training.
   * @returns why it could not be kept; undefined where it was.
   */
  async keepAsLast(): Promise<string | undefined> {
    const notKept = await keepLast(this.loaded(), this.known);
    this.isLast = notKept === undefined;
    return notKept;
  }
}
